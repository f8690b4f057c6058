import { Link } from '@tanstack/react-router';
import { useAllows } from '../../lib/principal.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import { StartDemo } from '../../ui/start-demo.js';
import classes from './overview.module.css';

/** The first thing a new installation shows: the ways to begin. */
export function FirstSteps() {
  const mayEdit = useAllows('admin');
  if (!mayEdit) {
    return (
      <EmptyCard icon="hosts" title="No hosts in your groups yet">
        You see the hosts that share a group with you. An administrator can add hosts to your group.
      </EmptyCard>
    );
  }
  return (
    <>
      <ul className={classes.steps} aria-label="Ways to begin">
        <li className={classes.step}>
          <h2>Enrol this machine, or another</h2>
          <p>
            You get one command. Paste it into a shell of the machine; it installs the agent, whose request
            you approve here.
          </p>
          <LinkButton to="/agents" search={{ dialog: 'enrol' }}>
            Enrol host
          </LinkButton>
        </li>
        <li className={classes.step}>
          <h2>Add a host</h2>
          <p>By its name and address: its health checks begin at once, and its agent can come later.</p>
          <LinkButton to="/hosts" search={{ dialog: 'add' }} variant="default">
            Add host
          </LinkButton>
        </li>
        <li className={classes.step}>
          <h2>Start the demo</h2>
          <p>
            24 simulated hosts and a job that waits at its gate, beside this installation and apart from it.
            Run this where Patchgate was started:
          </p>
          <StartDemo />
        </li>
      </ul>
      <p className={classes.then}>
        Later, <Link to="/groups">groups</Link> say who sees which hosts, and{' '}
        <Link to="/users">other people</Link> deploy to them or watch.
      </p>
    </>
  );
}
