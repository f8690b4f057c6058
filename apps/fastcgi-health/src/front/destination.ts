import { NameLanes, TlsTrust, systemResolve } from '@patchgate/dial';
import { probeFastcgi, WorkPermits } from '@patchgate/probes';
import type { FastcgiCheck, ProbeContext, ProbeResult } from '@patchgate/probes';

import type { Settings } from '../config/read-settings.js';

/** The answer has to be out before the time is over, not only to be known by then. */
const answerMarginMs = 25;
/** Threads that look up names, unless UV_THREADPOOL_SIZE says otherwise. */
const lookups = 4;

/** The one FastCGI server there is. */
export class Destination {
  readonly check: FastcgiCheck;
  readonly #context: ProbeContext;

  constructor(settings: Settings, mostAtOnce: number) {
    const nowMs = () => performance.now();
    this.check = {
      type: 'fastcgi',
      ...settings.destination,
      scriptPath: settings.pingPath,
      expectedBody: settings.pingResponse,
    };
    this.#context = {
      deadlineMs: settings.timeoutMs - answerMarginMs,
      // Named by whoever runs this program, and most often on this very machine.
      policy: { permits: () => true },
      // One name: however many ask, it is looked up once at a time.
      resolve: new NameLanes({ resolve: systemResolve, lookups, nowMs }).resolve,
      trust: new TlsTrust({ roots: [] }),
      mutualTrust: null,
      permits: new WorkPermits(mostAtOnce),
      nowMs,
    };
  }

  /** Asks once, over a connection of its own; a destination that fails is a result. */
  ask(): Promise<ProbeResult> {
    return probeFastcgi(this.check, this.#context);
  }
}
