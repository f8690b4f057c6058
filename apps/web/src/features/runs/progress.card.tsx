import type { RunDetailView } from '@patchgate/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSeconds } from '../../lib/use-now.js';
import { StateIcon } from '../../ui/state-badge.js';
import gate from './gate.module.css';
import classes from './progress.module.css';
import { progressWords } from './progress-words.js';
import { logQuery } from './run-log.queries.js';
import { runState } from './run-words.js';

/** What happens at the agent now; of a run that is over, only what may still be asked. */
export function ProgressCard({ run, actions }: { run: RunDetailView; actions: ReactNode }) {
  const now = useSeconds();
  const { data: lines } = useQuery(logQuery({ jobId: run.job_id, runId: run.id }, useQueryClient()));
  const lastLine = lines?.at(-1);
  const words = progressWords(run, lastLine === undefined ? null : Date.parse(lastLine.at), now);
  if (words === null) {
    // Nothing goes on; the card is there for its buttons alone.
    const isUnresolved = run.status === 'indeterminate' && run.resolution === null;
    return isUnresolved && actions !== false ? <section className={gate.card}>{actions}</section> : null;
  }
  return (
    <section className={gate.card} aria-label="Progress">
      <header className={gate.head}>
        <StateIcon state={runState(run)} />
        <h3>{words.title}</h3>
        {run.status === 'running' && run.progress !== null && (
          <span className={classes.percent}>{run.progress} %</span>
        )}
      </header>
      {run.status === 'running' && run.progress !== null && (
        <div
          className={classes.meter}
          role="progressbar"
          aria-label="Packages installed"
          aria-valuenow={run.progress}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ width: `${run.progress}%` }} />
        </div>
      )}
      <p className={classes.text}>{words.text}</p>
      {actions}
    </section>
  );
}
