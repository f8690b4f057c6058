import { DurationError, parseDuration, waitUntilReady } from '@patchgate/service-health';
import { parseArgs } from 'node:util';
import { SystemClock } from '../platform/clock/clock.js';
import type { Command } from './command.js';

const usage = 'usage: patchgate wait URL [--timeout 60s]\n';

/** `patchgate wait`: 0 when the URL answers 200, 1 with the last answer when it has not by then, 2 for bad words. */
export const wait: Command = async ({ stdout, stderr }, args) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { timeout: { type: 'string', default: '60s' } },
    });
    const [url, ...rest] = positionals;
    if (url === undefined || rest.length > 0) {
      stderr.write(usage);
      return 2;
    }
    const result = await waitUntilReady(url, {
      timeoutMs: parseDuration(values.timeout),
      clock: new SystemClock(),
    });
    if (result.ready) return 0;
    stdout.write(`${result.lastBody ?? result.lastError ?? 'no answer'}\n`);
    return 1;
  } catch (error) {
    if (!(error instanceof DurationError) && !(error instanceof TypeError)) throw error;
    stderr.write(`${error.message}\n${usage}`);
    return 2;
  }
};
