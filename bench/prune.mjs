// How fast an old hour of results goes, with little and with much kept beside it, and how a plain DELETE does the same.
import path from 'node:path';
import { say } from './figures.mjs';

const repository = path.resolve(
  import.meta.dirname,
  '../apps/server/dist/features/results/results.repository.js',
);
const { addPartitions, dropPartitions } = await import(repository);

const rows = Number(process.env.PATCHGATE_BENCH_ROWS ?? 6_000_000);
const hourMs = 3_600_000;
/** Hours of results that stay, each of a quarter of the rows. */
const keptHours = [1, 8];

/** @param {import('pg').Client} db @param {any} app the product's own pool @returns {Promise<boolean>} */
export async function benchPrune(db, app) {
  const end = Math.floor(Date.now() / hourMs) * hourMs - 100 * hourMs;
  const verdicts = [];
  console.log(`an hour of ${rows} results`);
  for (const [n, kept] of keptHours.entries()) {
    const oldest = end - (n + 1) * 20 * hourMs;
    await addPartitions(app.manager, new Date(oldest), new Date(oldest + kept * hourMs));
    await fill(db, oldest, rows);
    for (let hour = 1; hour <= kept; hour += 1) await fill(db, oldest + hour * hourMs, rows / 4);
    const { took, value: dropped } = await timed(() =>
      dropPartitions(app.manager, new Date(oldest + hourMs)),
    );
    if (dropped !== 1) throw new Error(`${dropped} hours were dropped instead of one`);
    verdicts.push(say(`prune, ${(kept * rows) / 4} rows kept`, 's', [took], { most: 1 }));
    if (n === 0) await deleteInstead(db, oldest + hourMs, rows / 4);
    await dropPartitions(app.manager, new Date(end));
  }
  return verdicts.every(Boolean);
}

/** The hour that stayed, filled up to the same size. @param {import('pg').Client} db @param {number} at @param {number} there */
async function deleteInstead(db, at, there) {
  await fill(db, at, rows - there);
  const range = [new Date(at), new Date(at + hourMs)];
  const deleted = await timed(() =>
    db.query('DELETE FROM host_health_check_results WHERE checked_at >= $1 AND checked_at < $2', range),
  );
  if (deleted.value.rowCount !== rows) throw new Error(`${deleted.value.rowCount} rows were deleted`);
  const vacuumed = await timed(() => db.query('VACUUM host_health_check_results'));
  say('the same rows by DELETE', 's', [deleted.took]);
  say('and the VACUUM after it', 's', [vacuumed.took]);
}

/** @param {import('pg').Client} db @param {number} at @param {number} count */
async function fill(db, at, count) {
  await db.query(
    `INSERT INTO host_health_check_results (check_id, checked_at, healthy, suspect, reason, latency_ms)
     SELECT gen_random_uuid(), $1::timestamptz + n % 3600 * interval '1 second', true, false, 'ok', 3
     FROM generate_series(1, $2::int) n`,
    [new Date(at), Math.round(count)],
  );
}

/** @template T @param {() => Promise<T>} work @returns {Promise<{ took: number, value: T }>} seconds */
async function timed(work) {
  const startedAt = performance.now();
  const value = await work();
  return { took: (performance.now() - startedAt) / 1000, value };
}
