import { useAllows } from '../../lib/principal.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import classes from './overview.module.css';

/** The first thing a new installation shows: what to do, in the order that works. */
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
    <ol className={classes.steps}>
      <li className={classes.step}>
        <span className={classes.badge}>1</span>
        <h2>Make a group</h2>
        <p>Groups say who sees which hosts: an operator reaches a host when both are in one.</p>
        <LinkButton to="/groups" variant="default">
          Groups
        </LinkButton>
      </li>
      <li className={classes.step}>
        <span className={classes.badge}>2</span>
        <h2>Enrol the first host</h2>
        <p>Paste one command into a shell of the machine, and approve it when it asks.</p>
        <LinkButton to="/agents" search={{ dialog: 'enrol' }}>
          Enrol host
        </LinkButton>
      </li>
      <li className={classes.step}>
        <span className={classes.badge}>3</span>
        <h2>Invite people</h2>
        <p>Operators deploy patches to the hosts of their groups, viewers watch them.</p>
        <LinkButton to="/users" variant="default">
          Users
        </LinkButton>
      </li>
    </ol>
  );
}
