import type { OverviewView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { formatCount } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { StateName } from '../../ui/states.js';
import classes from './overview.module.css';

const agentRows = [
  ['connected', 'connected'],
  ['unreachable', 'unreachable'],
  ['refused', 'refused'],
  ['not_enrolled', 'notEnrolled'],
] as const satisfies readonly (readonly [keyof OverviewView['agents'], StateName])[];

export function AgentsCard({ agents }: { agents: OverviewView['agents'] }) {
  return (
    <Card title="Agents" padding="flush">
      <ul className={classes.rows}>
        {agentRows.map(([agent, state]) => (
          <li key={agent}>
            <Link to="/hosts" search={{ agent }} className={classes.row}>
              <StateBadge state={state} variant="plain" />
              <span className={classes.count}>{formatCount(agents[agent])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
