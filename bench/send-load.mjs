// A process of its own, so that measuring does not take the measured one's time: sends what it is told, prints the result.
import { createRequire } from 'node:module';
import { json } from 'node:stream/consumers';

const autocannon = createRequire(import.meta.url)('autocannon');
const { url, rate, seconds, requests } = /** @type {any} */ (await json(process.stdin));
const result = await autocannon({
  url,
  connections: 10,
  overallRate: rate,
  duration: seconds,
  requests: requests.map((/** @type {{ path: string, cookie: string }} */ { path, cookie }) => ({
    method: 'GET',
    path,
    headers: { cookie },
  })),
});
console.log(
  JSON.stringify({
    latency: result.latency,
    answered: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
  }),
);
