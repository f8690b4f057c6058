import { setTimeout as delay } from 'node:timers/promises';
import { statusOf } from './loopback.js';
import type { ChildSpec } from './supervised-child.js';

/** Resolves when a child's management endpoint says ready; rejects after the timeout. */
export async function untilReady(child: ChildSpec, timeoutMs: number): Promise<void> {
  const startedAt = performance.now();
  let status: number | undefined;
  do {
    status = await statusOf(child.readyUrl);
    if (status === 200) return;
    await delay(50);
  } while (performance.now() - startedAt < timeoutMs);
  const answer = status === undefined ? 'no answer' : `answer ${status}`;
  throw new Error(
    `${child.name} was not ready within ${timeoutMs / 1000} s: ${answer} from ${child.readyUrl}`,
  );
}
