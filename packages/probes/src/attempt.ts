import { Deadline, DialError, Phases, dial, startTls } from '@patchgate/dial';
import type { CertificateFacts, DialPolicy, Resolve, Target, TlsTrust } from '@patchgate/dial';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

import { enterWithin } from './enter-within.js';
import { ProbeFailure } from './probe-failure.js';
import { maxDetail } from './probe-result.js';
import type { ProbeResult } from './probe-result.js';
import type { WorkPermits } from './work-permits.js';

/** What probes need of the process they run in. */
export interface ProbeContext {
  /** For everything from the name to the last byte. */
  readonly deadlineMs: number;
  readonly policy: DialPolicy;
  readonly resolve: Resolve;
  readonly trust: TlsTrust;
  /** The same trust with the manager's own certificate; null where there is none. */
  readonly mutualTrust: TlsTrust | null;
  /** Between the connection and the answer; shared by all probes of a process. */
  readonly permits: WorkPermits;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

interface SecureOptions {
  readonly serverName: string;
  readonly trust: TlsTrust;
  readonly ignoreCertErrors: boolean;
}

/** One probe under way: its deadline, its connection, and what is known of it so far. */
export class Attempt {
  readonly phases: Phases;
  readonly deadline: Deadline;
  #address: string | null = null;
  #certificate: CertificateFacts | undefined;
  #leave: (() => void) | undefined;

  private constructor(readonly context: ProbeContext) {
    this.phases = new Phases(context.nowMs);
    this.deadline = new Deadline(context.deadlineMs);
  }

  /**
   * Runs a probe and leaves nothing behind. A failing target is a result.
   *
   * @param work tells the detail of the healthy result, or throws a `DialError` or `ProbeFailure`
   * @throws what is no failure of the target but a defect of ours
   */
  static async run(context: ProbeContext, work: (attempt: Attempt) => Promise<string>): Promise<ProbeResult> {
    const startedAtMs = context.nowMs();
    const attempt = new Attempt(context);
    let outcome: Pick<ProbeResult, 'healthy' | 'reason' | 'detail'>;
    try {
      outcome = { healthy: true, reason: 'ok', detail: await work(attempt) };
    } catch (error) {
      if (!(error instanceof DialError || error instanceof ProbeFailure)) throw error;
      outcome = { healthy: false, reason: error.reason, detail: error.message.slice(0, maxDetail) };
    } finally {
      attempt.deadline.end();
      attempt.#leave?.();
    }
    return {
      ...outcome,
      latency_ms: Math.round(context.nowMs() - startedAtMs),
      phases: attempt.phases.read(),
      address: attempt.#address,
      ...(attempt.#certificate && { certificate: attempt.#certificate }),
    };
  }

  async connect(target: Target): Promise<Socket> {
    const { deadline, phases, context } = this;
    const { policy, resolve } = context;
    const onAddress = (address: string) => (this.#address = address);
    const socket = await dial(target, { deadline, phases, policy, resolve, onAddress });
    await this.#work();
    return socket;
  }

  /** What comes now costs this process something, unlike the waiting for a connection before it. */
  async #work(): Promise<void> {
    this.#leave?.();
    this.#leave = await enterWithin(this.context.permits, this.deadline);
  }

  /** @throws ProbeFailure `cert` when the certificate does not hold and is to */
  async secure(plain: Socket, { serverName, trust, ignoreCertErrors }: SecureOptions): Promise<TLSSocket> {
    const { socket, certificate } = await startTls(plain, { serverName, trust }, this);
    this.#certificate = certificate;
    if (certificate.problem !== null && !ignoreCertErrors)
      throw new ProbeFailure('cert', certificate.problem);
    return socket;
  }
}
