import type { JobBoardView } from '@patchgate/contracts';
import type { Principal } from '../../platform/http/caller.js';
import type { ListedRunRow } from '../runs/listed-run.row.js';
import { runView } from '../runs/run.views.js';
import type { ReasonRow } from './job-board.repository.js';
import type { JobRow } from './job-row.js';
import { forecastOf } from './job.views.js';
import type { JobProgress } from './job.views.js';

interface Board {
  readonly job: JobRow;
  readonly viewer: Principal;
  readonly cells: JobBoardView['cells'];
  readonly reasons: readonly ReasonRow[];
  readonly examples: readonly ListedRunRow[];
  readonly progress: JobProgress;
  readonly now: Date;
}

export function boardView({ job, viewer, cells, reasons, examples, progress, now }: Board): JobBoardView {
  const { startsAt } = forecastOf(job, progress, now);
  const shown = new Map(examples.map((row) => [row.id, runView(row, viewer)]));
  return {
    cells,
    reasons: reasons.flatMap(({ reason, status, count, example_id }) => {
      const run = shown.get(example_id);
      // Its host has gone since it was counted.
      if (!run) return [];
      const { id: run_id, fqdn, detail, gate } = run;
      return {
        reason,
        status,
        count,
        example: { run_id, fqdn, detail, next_attempt_at: gate.next_attempt_at },
      };
    }),
    batches: progress.batches.map(({ batch, started_at }) => {
      const expectedAt = startsAt.get(batch) ?? null;
      return {
        batch,
        started_at: started_at?.toISOString() ?? null,
        expected_at: expectedAt === null ? null : new Date(expectedAt).toISOString(),
      };
    }),
  };
}
