import { runStatus } from '@patchgate/contracts';
import type { HostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { oneOf } from '../../lib/search-params.js';
import { runStates } from '../../ui/run-states.js';
import { StateBadge } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';

/** Leads to the run that has the host now; nothing where none has. */
export function ActiveRun({ host }: { host: HostView }) {
  const run = host.active_run;
  if (run === null) return null;
  const state = runStates[oneOf(runStatus.options, run.status) ?? 'running'];
  return (
    <Link to="/jobs/$jobId" params={{ jobId: run.job_id }} search={{ run: run.run_id }}>
      <StateBadge state={state} word={`In a job: ${states[state].word.toLowerCase()}`} variant="plain" />
    </Link>
  );
}
