import { setTimeout as delay } from 'node:timers/promises';

import type { Clock } from './clock.port.js';
import { publicCode } from './public-code.js';
import { readOnce } from './read-once.js';

const POLL_EVERY_MS = 250;
const ATTEMPT_TIMEOUT_MS = 5000;

export interface WaitOptions {
  timeoutMs: number;
  clock: Clock;
  /** Ends the wait early, as the timeout would. */
  signal?: AbortSignal;
}

export type WaitResult =
  | { ready: true }
  | {
      ready: false;
      /** The latest answer; null when there was none. */
      lastStatus: number | null;
      lastBody: string | null;
      /** The code of what kept the latest attempt from an answer; null when it got one. */
      lastError: string | null;
    };

/**
 * Asks a URL again and again until it answers 200, for orchestrators and CI. A URL without a path means its `/ready`.
 *
 * @throws TypeError when the URL is not an absolute http or https one.
 */
export async function waitUntilReady(url: string, options: WaitOptions): Promise<WaitResult> {
  const endpoint = readyEndpoint(url);
  const { clock, signal } = options;
  const deadlineMs = clock.monotonicMs() + options.timeoutMs;
  const last: Extract<WaitResult, { ready: false }> = {
    ready: false,
    lastStatus: null,
    lastBody: null,
    lastError: null,
  };
  for (;;) {
    const leftMs = deadlineMs - clock.monotonicMs();
    if (leftMs <= 0 || signal?.aborted === true) return last;
    const timeout = AbortSignal.timeout(Math.ceil(Math.min(leftMs, ATTEMPT_TIMEOUT_MS)));
    const attempt = AbortSignal.any(signal === undefined ? [timeout] : [timeout, signal]);
    try {
      const { status, body } = await readOnce(endpoint, attempt);
      if (status === 200) return { ready: true };
      Object.assign(last, { lastStatus: status, lastBody: body, lastError: null });
    } catch (error) {
      last.lastError = timeout.aborted ? 'timeout' : publicCode(error);
    }
    const pauseMs = Math.max(0, Math.min(POLL_EVERY_MS, deadlineMs - clock.monotonicMs()));
    // The only rejection is the abort, which the loop sees.
    await delay(pauseMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}

function readyEndpoint(url: string): URL {
  const endpoint = URL.parse(url);
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol)) {
    throw new TypeError(`"${url}" is not a URL to wait for: expected for example http://127.0.0.1:8080`);
  }
  if (endpoint.pathname === '/') endpoint.pathname = '/ready';
  return endpoint;
}
