// A process of its own, so that measuring does not take the measured one's time: sends what it is told, prints the result.
// @ts-expect-error -- it comes without types
import autocannon from 'autocannon';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from './figures.mjs';

const { url, rate, seconds, requests } = /** @type {any} */ (await json(process.stdin));

// One autocannon sends what belongs to a second at once and then waits for the next one, which measures a queue. Fifty,
// begun one after the other within a second, send evenly; a late answer of one delays the requests of no other.
const senders = 50;
/** @type {number[]} */
const latencies = [];
let failed = 0;

/** @param {number} index */
async function send(index) {
  await delay((index * 1000) / senders);
  const from = (index * rate) / senders;
  const own = [...requests.slice(from % requests.length), ...requests.slice(0, from % requests.length)];
  const instance = autocannon({
    url,
    connections: 1,
    overallRate: rate / senders,
    ignoreCoordinatedOmission: true,
    duration: seconds,
    requests: own.map((/** @type {{ path: string, cookie: string }} */ { path, cookie }) => ({
      method: 'GET',
      path,
      headers: { cookie },
    })),
  });
  instance.on(
    'response',
    (
      /** @type {unknown} */ _client,
      /** @type {number} */ status,
      /** @type {number} */ _bytes,
      /** @type {number} */ ms,
    ) => {
      if (status === 200) latencies.push(ms);
      else failed += 1;
    },
  );
  const { errors, timeouts } = await instance;
  failed += errors + timeouts;
}

await Promise.all(Array.from({ length: senders }, (_, index) => send(index)));
console.log(
  JSON.stringify({
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    answered: latencies.length,
    perSecond: latencies.length / seconds,
    failed,
  }),
);
