// The least that a program in this language can do for the same answers: the statements, and the rows as JSON.
import { setTimeout as delay } from 'node:timers/promises';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import { percentile } from './figures.mjs';

const { appUrl, rate, seconds, plans } = /** @type {any} */ (await json(process.stdin));
const pool = new pg.Pool({ connectionString: appUrl, max: 10 });

/** @param {{ text: string, values: unknown[] }[]} plan who asks, the page, the total */
async function answer([session, ...rest]) {
  const { rowCount } = await pool.query(session?.text ?? '', session?.values);
  if (rowCount !== 1) throw new Error('a session that the database does not know');
  const [page, count] = await Promise.all(rest.map(({ text, values }) => pool.query(text, values)));
  return JSON.stringify({ items: page?.rows, total: count?.rows[0]?.count });
}

/** @param {number} forSeconds */
async function run(forSeconds) {
  /** @type {number[]} */
  const latencies = [];
  /** @type {Promise<void>[]} */
  const open = [];
  const startedAt = performance.now();
  for (let n = 0; n < rate * forSeconds; n += 1) {
    const dueAt = startedAt + (n * 1000) / rate;
    if (dueAt > performance.now()) await delay(dueAt - performance.now());
    open.push(
      answer(plans[n % plans.length]).then((text) => {
        if (text.length === 0) throw new Error('an empty answer');
        latencies.push(performance.now() - dueAt);
      }),
    );
  }
  await Promise.all(open);
  return latencies;
}

await run(3);
const before = process.cpuUsage();
const latencies = await run(seconds);
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    cpuMsPerRequest: (user + system) / 1000 / latencies.length,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
  }),
);
await pool.end();
