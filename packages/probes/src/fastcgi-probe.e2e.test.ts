import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ProbeContext } from './attempt.js';
import { probeFastcgi } from './fastcgi-probe.js';
import { localContext, startTargets } from './targets.fixture.js';
import type { Targets } from './targets.fixture.js';

let targets: Targets;
let context: ProbeContext;
beforeAll(async () => {
  targets = await startTargets();
  context = localContext(targets, { deadlineMs: 1_000 });
});
afterAll(() => targets.stop());

test.each([
  ['fastcgi-good', 'ok', 'status 200, the expected answer'],
  ['fastcgi-other', 'bad_answer', 'the answer is not the expected text'],
  ['fastcgi-not-found', 'bad_answer', 'status 404'],
  ['fastcgi-overloaded', 'pool_busy', 'the server says that it is overloaded'],
  ['fastcgi-failed', 'bad_answer', 'the application ended with 1'],
  ['fastcgi-cut', 'bad_answer', 'the server closed before its answer was complete'],
  ['fastcgi-endless', 'bad_answer', 'the answer is longer than 64 KiB'],
  ['fastcgi-garbage', 'not_fastcgi', 'the other side does not speak FastCGI'],
  ['good', 'not_fastcgi', 'the other side does not speak FastCGI'],
  ['half-open', 'bad_answer', 'the server closed before its answer was complete'],
  ['silent', 'pool_busy', 'connected, but no worker of the pool answered in time'],
])('%s is %s', async (name, reason, detail) => {
  const check = {
    type: 'fastcgi' as const,
    host: '127.0.0.1',
    port: targets.port(name),
    scriptPath: '/fpm-ping',
    expectedBody: 'pong',
  };
  const result = await probeFastcgi(check, context);
  expect(result).toMatchObject({ healthy: reason === 'ok', reason, detail });
});
