// `npm run bench -- results`: how fast results are written, and how fast an old hour of them goes.
import path from 'node:path';
import { say, sayOthers } from './figures.mjs';
import { cpuBetween, openInstallation } from './installation.mjs';
import { watchOthers } from './process-tree.mjs';
import { benchPrune } from './prune.mjs';
import { seedChecks } from './seed-checks.mjs';

const features = path.resolve(import.meta.dirname, '../apps/server/dist/features');
const platform = path.resolve(import.meta.dirname, '../apps/server/dist/platform');
const { ResultRecorder } = await import(path.join(features, 'results/result-recorder.js'));
const { insertResults } = await import(path.join(features, 'results/results.repository.js'));
const { createDataSource } = await import(path.join(platform, 'database/data-source.js'));

const rounds = Number(process.env.PATCHGATE_BENCH_ROUNDS ?? 5);
const hosts = Number(process.env.PATCHGATE_BENCH_HOSTS ?? 20_000);
const checksEach = 5;
const intervalSeconds = 300;
/** As the worker writes when there is much to write. */
const batchRows = 2_000;
/** Batches under way at once, as of several workers. */
const writers = 2;

export async function benchResults() {
  const patchgate = await openInstallation();
  const app = await createDataSource(patchgate.appUrl, { applicationName: 'bench' }).initialize();
  try {
    const { db } = patchgate;
    // Nobody polls them: what is written is what is written here.
    await seedChecks(db, { hosts, checksEach, urls: ['http://127.0.0.1:9/'], intervalSeconds });
    await db.query('UPDATE host_health SET next_poll_at = NULL');
    const { rows: checks } = await db.query('SELECT id, host_id FROM host_health_checks ORDER BY id');
    await db.query(
      `CREATE TABLE bare_results (check_id uuid, checked_at timestamptz, healthy boolean, suspect boolean, reason text,
         detail text, latency_ms integer)`,
    );
    await db.query('GRANT INSERT ON bare_results TO PUBLIC');
    return await measure(patchgate, app, checks);
  } finally {
    await app.destroy();
    await patchgate.stop();
  }
}

/**
 * @param {import('./installation.mjs').Installation} patchgate
 * @param {any} app the product's own pool
 * @param {{ id: string, host_id: string }[]} checks
 */
async function measure(patchgate, app, checks) {
  const recorder = new ResultRecorder(
    { now: () => new Date() },
    { pollIntervalMs: intervalSeconds * 1000, checkTimeoutMs: 10_000 },
  );
  const ways = {
    bare: (/** @type {any[]} */ batch) => insertBare(app.manager, batch),
    insert: (/** @type {any[]} */ batch) => insertResults(app.manager, batch),
    whole: (/** @type {any[]} */ batch) =>
      app.transaction((/** @type {any} */ db) => recorder.record(db, batch)),
  };
  /** @type {Record<'others' | keyof typeof ways | 'postgres', number[]>} */
  const figures = { others: [], bare: [], insert: [], whole: [], postgres: [] };
  // The first round is one for the compilers, here and there. In turns, so that what else the machine does meets all.
  for (let round = 0; round <= rounds; round += 1) {
    const others = watchOthers();
    for (const [name, write] of Object.entries(ways)) {
      const before = patchgate.cpu();
      const perSecond = await writeAll(resultsOf(checks), write);
      if (round === 0) continue;
      figures[/** @type {keyof typeof ways} */ (name)].push(perSecond);
      if (name === 'insert') {
        figures.postgres.push(((cpuBetween(before, patchgate.cpu()).postgres ?? 0) * 1e6) / checks.length);
      }
    }
    if (round > 0) figures.others.push(others());
  }
  console.log(`${checks.length} results a round in batches of ${batchRows}, ${writers} at once`);
  sayOthers(figures.others);
  say('into a table without key or partitions', 'rows/s', figures.bare);
  say('the whole transaction: state, roll-up, status', 'rows/s', figures.whole);
  say('CPU of postgres a row that is written', 'µs', figures.postgres);
  return [
    say('results written', 'rows/s', figures.insert, { least: 100_000 }),
    await benchPrune(patchgate.db, app),
  ].every(Boolean);
}

/** One for each check, in the order of the checks, as the recorder sorts them. @param {{ id: string, host_id: string }[]} checks */
function resultsOf(checks) {
  const checked_at = new Date();
  return checks.map(({ id, host_id }) => ({
    ...{ check_id: id, host_id, revision: 1, checked_at },
    ...{ healthy: true, suspect: false, reason: 'ok', detail: 'HTTP 200', latency_ms: 3 },
  }));
}

/**
 * @param {any[]} results
 * @param {(batch: any[]) => Promise<unknown>} write
 * @returns {Promise<number>} rows a second
 */
async function writeAll(results, write) {
  const startedAt = performance.now();
  let next = 0;
  const writer = async () => {
    while (next < results.length) {
      const batch = results.slice(next, next + batchRows);
      next += batchRows;
      await write(batch);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return (results.length * 1000) / (performance.now() - startedAt);
}

/** @param {any} db @param {any[]} batch */
const insertBare = (db, batch) =>
  db.query(
    `INSERT INTO bare_results SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::boolean[], $4::boolean[],
       $5::text[], $6::text[], $7::integer[])`,
    ['check_id', 'checked_at', 'healthy', 'suspect', 'reason', 'detail', 'latency_ms'].map((column) =>
      batch.map((result) => (column === 'detail' ? null : result[column])),
    ),
  );
