import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { AgentError, AgentSession } from '@patchgate/agent-client';
import type { AgentAddress } from '@patchgate/agent-client';
import type { TlsTrust } from '@patchgate/dial';
import type { ProbeContext } from '@patchgate/probes';
import { PROBE_CONTEXT } from '../../platform/probing/probe-context.module.js';
import { CurrentTrust } from './current-trust.js';

/** The checks of a host and the poll of its agent come within this time of each other; agents keep a connection longer. */
const idleMs = 5_000;
/** Unused ones that are kept; each is a socket here and one there. */
const mostIdle = 256;

interface Pooled {
  readonly session: AgentSession;
  readonly address: AgentAddress;
  readonly trust: TlsTrust;
  users: number;
  /** Runs while nobody uses it. */
  timer: NodeJS.Timeout | undefined;
}

/** The connections of this process to agents: one to a host, shared by all who ask within the same few seconds. */
@Injectable()
export class AgentSessions implements OnApplicationShutdown {
  readonly #byHost = new Map<string, Pooled>();
  /** The longest unused first. */
  readonly #idle = new Set<Pooled>();
  #isClosed = false;

  constructor(
    @Inject(PROBE_CONTEXT) private readonly context: ProbeContext,
    private readonly trust: CurrentTrust,
  ) {}

  /** Sessions that are open, used or not. */
  get size(): number {
    return this.#byHost.size;
  }

  /** @throws AgentError and what `work` throws */
  async use<T>(address: AgentAddress, work: (session: AgentSession) => Promise<T>): Promise<T> {
    const pooled = this.#enter(address, await this.trust.get());
    try {
      return await work(pooled.session);
    } finally {
      await this.#leave(pooled);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    const all = [...this.#byHost.values()];
    this.#byHost.clear();
    await Promise.all(all.map((pooled) => this.#close(pooled)));
  }

  #enter(address: AgentAddress, trust: TlsTrust): Pooled {
    if (this.#isClosed) throw new AgentError('unreachable', 'this manager is stopping');
    const known = this.#byHost.get(address.hostId);
    const pooled = known && fits(known, address, trust) ? known : this.#open(address, trust);
    pooled.users += 1;
    clearTimeout(pooled.timer);
    this.#idle.delete(pooled);
    return pooled;
  }

  /** One to another address, or with a certificate of ours that was replaced, ends with its last user. */
  #open(address: AgentAddress, trust: TlsTrust): Pooled {
    const former = this.#byHost.get(address.hostId);
    const { policy, resolve, deadlineMs, nowMs } = this.context;
    const context = { policy, resolve, trust, nowMs, connectMs: deadlineMs, callMs: deadlineMs };
    const pooled = {
      session: new AgentSession(address, context),
      address,
      trust,
      users: 0,
      timer: undefined,
    };
    this.#byHost.set(address.hostId, pooled);
    if (former?.users === 0) void this.#close(former);
    return pooled;
  }

  async #leave(pooled: Pooled): Promise<void> {
    pooled.users -= 1;
    if (pooled.users > 0) return;
    if (this.#byHost.get(pooled.address.hostId) !== pooled) {
      await this.#close(pooled);
      return;
    }
    pooled.timer = setTimeout(() => void this.#forget(pooled), idleMs).unref();
    this.#idle.add(pooled);
    const [oldest] = this.#idle;
    if (oldest && this.#idle.size > mostIdle) await this.#forget(oldest);
  }

  #forget(pooled: Pooled): Promise<void> {
    this.#byHost.delete(pooled.address.hostId);
    return this.#close(pooled);
  }

  async #close(pooled: Pooled): Promise<void> {
    clearTimeout(pooled.timer);
    this.#idle.delete(pooled);
    await pooled.session.close();
  }
}

const fits = (pooled: Pooled, { address, port }: AgentAddress, trust: TlsTrust): boolean =>
  pooled.trust === trust && pooled.address.address === address && pooled.address.port === port;
