import { Inject, Injectable } from '@nestjs/common';
import { AgentError } from '@patchgate/agent-client';
import type { AgentSession } from '@patchgate/agent-client';
import { Deadline, DialError } from '@patchgate/dial';
import { enterWithin } from '@patchgate/probes';
import type { ProbeContext, ProbeResult, ServiceCheck, ServiceProbe } from '@patchgate/probes';
import { PROBE_CONTEXT } from '../../platform/probing/probe-context.module.js';
import { AgentSessions } from './agent-sessions.js';
import { judgeFailure, judgeService } from './judge-service.js';

const mostDetail = 500;

/** What is known of the connection that one question went over. */
interface Asked {
  session: AgentSession | null;
  /** How many connections there had been before. */
  connections: number;
}

/** Service checks: the agent of the host is asked, over the one connection that this cycle has to it. */
@Injectable()
export class AgentServiceProbe implements ServiceProbe {
  constructor(
    @Inject(PROBE_CONTEXT) private readonly context: ProbeContext,
    private readonly sessions: AgentSessions,
  ) {}

  async probe(check: ServiceCheck): Promise<ProbeResult> {
    const startedAtMs = this.context.nowMs();
    const asked: Asked = { session: null, connections: 0 };
    const { detail, ...verdict } = await this.#judge(check, asked, startedAtMs);
    const latencyMs = this.context.nowMs() - startedAtMs;
    const certificate = asked.session?.certificate;
    return {
      ...verdict,
      detail: detail.slice(0, mostDetail),
      latency_ms: Math.round(latencyMs),
      phases: phasesOf(asked, latencyMs),
      address: verdict.reason === 'blocked' || asked.session === null ? null : check.agent.address,
      ...(certificate && { certificate }),
    };
  }

  async #judge({ agent, serviceName }: ServiceCheck, asked: Asked, startedAtMs: number) {
    const { deadlineMs, permits, nowMs } = this.context;
    const deadline = new Deadline(deadlineMs);
    let leave: (() => void) | undefined;
    try {
      leave = await enterWithin(permits, deadline);
      const asking = this.sessions.use(agent, (session) => {
        Object.assign(asked, { session, connections: session.connections });
        return session.service(serviceName, Math.max(1, deadlineMs - (nowMs() - startedAtMs)));
      });
      return judgeService(await deadline.race(asking));
    } catch (error) {
      if (error instanceof AgentError) return judgeFailure(error);
      // Only our own deadline ends as this: in the queue, or a moment before the one of the call.
      if (!(error instanceof DialError)) throw error;
      return { healthy: false, reason: 'agent_unreachable', detail: error.message } as const;
    } finally {
      deadline.end();
      leave?.();
    }
  }
}

/** Of a connection that was there already only the answer took time. */
function phasesOf({ session, connections }: Asked, latencyMs: number): ProbeResult['phases'] {
  if (session === null) return {};
  const phases = session.connections > connections || session.connections === 0 ? session.phases : {};
  if (session.connections === 0) return phases;
  const connectingMs = Object.values(phases).reduce((sum, ms) => sum + ms, 0);
  return { ...phases, first_byte: Math.round(Math.max(0, latencyMs - connectingMs) * 10) / 10 };
}
