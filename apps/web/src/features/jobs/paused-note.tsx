import type { PatchJobView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateIcon } from '../../ui/state-badge.js';
import { pauseWords } from './board-words.js';
import classes from './paused-note.module.css';

/** Why the job is paused, before anything else, and what to do about it. */
export function PausedNote({ job }: { job: PatchJobView }) {
  const words = pauseWords(job);
  if (words === null || job.paused === null) return null;
  return (
    <section className={classes.note} aria-label="Why the job is paused">
      <StateIcon state="paused" />
      <div>
        <p>
          <strong>{words.title}</strong>{' '}
          <span className={classes.since}>
            Since <RelativeTime at={job.paused.at} />.
          </span>
        </p>
        <p>
          {words.todo}{' '}
          {job.paused.reason !== 'person' && (
            <Link
              to="/jobs/$jobId"
              params={{ jobId: job.id }}
              search={{ status: 'failed' }}
              className={classes.link}
            >
              Show the failed runs
            </Link>
          )}
        </p>
      </div>
    </section>
  );
}
