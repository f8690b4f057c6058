import type { PatchJobView } from '@patchgate/contracts';
import { parts, partsOf, progressInWords } from '../lib/job-progress.js';
import classes from './job-bar.module.css';

/** How far a job is: finished work pale, what needs a person solid. */
export function JobBar({ job }: { job: Pick<PatchJobView, 'run_counts'> }) {
  const of = partsOf(job);
  return (
    <span className={classes.bar} role="img" aria-label={progressInWords(job)}>
      {parts
        .filter((part) => of[part] > 0)
        .map((part) => (
          <span key={part} className={classes.part} data-part={part} style={{ flex: of[part] }} />
        ))}
    </span>
  );
}
