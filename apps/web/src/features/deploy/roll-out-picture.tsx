import { formatCount } from '../../lib/counts.js';
import { startingOf } from './preview-words.js';
import { planInWords, rollOutPlan } from './roll-out-plan.js';
import type { PlannedBatch } from './roll-out-plan.js';
import classes from './roll-out-picture.module.css';
import type { Order } from './use-order.js';

const mostBatches = 6;
const mostCells = 12;

/** A cell a host and a block a batch, as the job will show them while it runs. */
export function RollOutPicture({ order: { request, preview } }: { order: Order }) {
  if (request === null || preview.data === undefined) return null;
  const plan = rollOutPlan(startingOf(preview.data), {
    canary: request.canary,
    batchSize: request.batch_size,
  });
  if (plan.length === 0) return null;
  const rest = plan.slice(mostBatches);
  return (
    <div className={classes.picture} role="img" aria-label={planInWords(plan)}>
      {plan.slice(0, mostBatches).map((planned) => (
        <Batch key={planned.batch} {...planned} />
      ))}
      {rest.length > 0 && <span className={classes.more}>and {formatCount(rest.length)} more</span>}
    </div>
  );
}

function Batch({ batch, hosts }: PlannedBatch) {
  const cells = Math.min(hosts, mostCells);
  return (
    <span className={classes.batch}>
      <span
        className={classes.cells}
        style={{ gridTemplateColumns: `repeat(${Math.min(4, Math.ceil(cells / 2))}, 7px)` }}
      >
        {Array.from({ length: cells }, (_, index) => (
          <i key={index} />
        ))}
      </span>
      <span>{batch === 0 ? 'Canary' : batch}</span>
      {hosts > mostCells && <span className={classes.count}>{formatCount(hosts)} hosts</span>}
    </span>
  );
}
