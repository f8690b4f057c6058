import type { RunDetailView } from '@patchgate/contracts';
import { useAllows } from '../../lib/principal.js';
import { Card } from '../../ui/card.js';
import { verificationStates } from '../../ui/run-states.js';
import { StateBadge } from '../../ui/state-badge.js';
import { CheckAgain } from './check-again.js';
import { CheckPairs } from './check-pairs.js';
import classes from './changes.module.css';

const shownPackages = 12;

/** Checks and packages before and after the patch. */
export function ChangesCard({ run }: { run: RunDetailView }) {
  const { checks, packages, boot_id_before: bootBefore, boot_id_after: bootAfter } = run;
  const mayAsk = useAllows('operator');
  if (checks.length === 0 && packages.length === 0) return null;
  return (
    <Card
      title="Before and after"
      note={run.ended_at === null ? 'as far as it has come' : undefined}
      {...(run.verification !== null && {
        actions: <StateBadge state={verificationStates[run.verification]} />,
      })}
    >
      <div className={classes.tables}>
        {checks.length > 0 && <CheckPairs run={run} />}
        {run.ended_at !== null && run.verification === 'regressed' && mayAsk && <CheckAgain run={run} />}
        {packages.length > 0 && <Packages packages={packages} />}
        {run.ended_at !== null && packages.some(({ after }) => after === null) && (
          <p className={classes.quiet}>The agent has not told which of these versions are installed now.</p>
        )}
        {bootAfter !== null && bootBefore !== bootAfter && (
          <p className={classes.quiet}>
            The host was rebooted: boot id <code>{bootBefore?.slice(0, 8)}</code> became{' '}
            <code>{bootAfter.slice(0, 8)}</code>.
          </p>
        )}
      </div>
    </Card>
  );
}

function Packages({ packages }: { packages: RunDetailView['packages'] }) {
  const shown = packages.slice(0, shownPackages);
  const rest = packages.slice(shownPackages);
  return (
    <>
      <PackageTable packages={shown} />
      {rest.length > 0 && (
        <details className={classes.more}>
          <summary>{rest.length} more packages</summary>
          <PackageTable packages={rest} />
        </details>
      )}
    </>
  );
}

interface PackageTableProps {
  packages: RunDetailView['packages'];
}

function PackageTable({ packages }: PackageTableProps) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Package</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {packages.map(({ name, before, wanted, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={classes.version}>{before ?? 'not installed'}</td>
            <td className={classes.version}>
              <After before={before} wanted={wanted} after={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AfterProps {
  before: string | null;
  wanted: string | null;
  after: string | null;
}

/** The version that is there now; until the agent has told, the one that is wanted. */
function After({ before, wanted, after }: AfterProps) {
  if (after === null) {
    return <span className={classes.quiet}>{wanted ?? 'not known'} (wanted)</span>;
  }
  return after === before ? <span className={classes.quiet}>unchanged</span> : after;
}
