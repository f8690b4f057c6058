import type {
  CertificateInstall,
  PatchApplyRequest,
  RebootRequest,
  RunOrder,
} from '@patchgate/contracts/agent';
import { DialError, HostConnection } from '@patchgate/dial';
import type { CertificateFacts, ConnectionContext, HostAnswer, HostRequest, Phase } from '@patchgate/dial';
import type { z } from 'zod';
import { AgentError } from './agent-failure.js';
import { healthReader } from './health.reader.js';
import type { AgentHealthReading } from './health.reader.js';
import { jobAckReader, jobReader, jobsReader } from './jobs.reader.js';
import type { JobDetailReading, JobReading } from './jobs.reader.js';
import { failedOrder } from './order-outcome.js';
import type { OrderOutcome } from './order-outcome.js';
import { patchesReader } from './patches.reader.js';
import { readAnswer } from './read-answer.js';
import { runReader } from './run.reader.js';
import type { RunReading } from './run.reader.js';
import { csrReader, nothingReader, rebootReader, serviceReader, systemInfoReader } from './system.reader.js';
import type { ServiceReading, SystemInfoReading } from './system.reader.js';
import { unanswered } from './unanswered.js';

/** Whose agent is asked, and where. */
export interface AgentAddress {
  /** Its certificate must be for this id. */
  readonly hostId: string;
  /** Literal. */
  readonly address: string;
  readonly port: number;
}

export interface AgentContext extends ConnectionContext {
  /** For one call, the connection included. */
  readonly callMs: number;
}

/** The identity in an agent's certificate: no other host's agent has it (agent-contract.md). */
export const identityOf = (hostId: string): string => `patchgate:host:${hostId}`;

const mostBytes = 256 * 1024;
/** A listing of everything that a host has installed. */
const mostInventoryBytes = 8 * 1024 * 1024;
/** Listing patches may make an agent refresh its index. */
const inventoryMs = 120_000;

/** The calls to one agent, over one connection at a time. Every call throws `AgentError` and nothing else. */
export class AgentSession {
  readonly #connection: HostConnection;

  constructor(
    { hostId, address, port }: AgentAddress,
    private readonly context: AgentContext,
  ) {
    this.#connection = new HostConnection({ host: address, port }, identityOf(hostId), context);
  }

  /** Of the agent; null while no connection has come about. */
  get certificate(): CertificateFacts | null {
    return this.#connection.certificate;
  }

  /** How many connections came about so far. */
  get connections(): number {
    return this.#connection.opened;
  }

  /** Milliseconds of each step to the latest connection. */
  get phases(): Partial<Record<Phase, number>> {
    return this.#connection.phases;
  }

  health(): Promise<AgentHealthReading> {
    return this.#get('/health', healthReader);
  }

  systemInfo(): Promise<SystemInfoReading> {
    return this.#get('/system/info', systemInfoReader);
  }

  /** @param deadlineMs for this call, the connection and whatever is asked before it included */
  service(name: string, deadlineMs = this.context.callMs): Promise<ServiceReading> {
    const path = `/system/services/${encodeURIComponent(name)}`;
    return this.#call({ method: 'GET', path, deadlineMs }, serviceReader);
  }

  /** @param deadlineMs listing patches may make an agent refresh its index first, so whoever can waits for long */
  patches(deadlineMs = inventoryMs): Promise<z.output<typeof patchesReader>> {
    const limits = { deadlineMs, maxBytes: mostInventoryBytes };
    return this.#call({ method: 'GET', path: '/patches', ...limits }, patchesReader);
  }

  /** For agents without runs of their own; asked once, because twice is done twice. */
  async applyPatches(body: PatchApplyRequest): Promise<{ job_id: string }> {
    return this.#call({ method: 'POST', path: '/patches/apply', body }, jobAckReader);
  }

  async jobs(): Promise<readonly JobReading[]> {
    return (await this.#get('/jobs?limit=200', jobsReader)).jobs;
  }

  /** With its whole log. */
  job(jobId: string): Promise<JobDetailReading> {
    const path = `/jobs/${encodeURIComponent(jobId)}`;
    return this.#call({ method: 'GET', path, maxBytes: mostInventoryBytes }, jobReader);
  }

  /** Idempotent: the same order under the same id is done once, however often it is sent. */
  async putRun(runId: string, body: RunOrder): Promise<RunReading> {
    return ofRun(runId, await this.#call({ method: 'PUT', path: `/runs/${runId}`, body }, runReader));
  }

  /** @param after the last line of the log that is known already */
  async run(runId: string, after = 0): Promise<RunReading> {
    const request = {
      method: 'GET',
      path: `/runs/${runId}?after=${after}`,
      maxBytes: mostInventoryBytes,
    } as const;
    return ofRun(runId, await this.#call(request, runReader));
  }

  /** As `putRun`, with what its failures mean for the run. @throws nothing that an agent causes */
  async orderRun(runId: string, body: RunOrder): Promise<OrderOutcome> {
    try {
      return { kind: 'taken', run: await this.putRun(runId, body) };
    } catch (error) {
      if (error instanceof AgentError) return failedOrder(error);
      throw error;
    }
  }

  /** @returns null when the agent does not know the run: it never took it, or its journal is another (`agent_epoch`) */
  async findRun(runId: string, after = 0): Promise<RunReading | null> {
    try {
      return await this.run(runId, after);
    } catch (error) {
      if (error instanceof AgentError && error.code === 'RUN_NOT_FOUND') return null;
      throw error;
    }
  }

  /**
   * Cancels a run that has not begun; of one that was never ordered it leaves a tombstone.
   *
   * @param fence of whoever asks: one that is older than the agent's is refused (412)
   * @throws AgentError `TOO_LATE_TO_CANCEL` once the packages are being changed
   */
  async cancelRun(runId: string, fence?: number): Promise<RunReading> {
    const body = fence === undefined ? {} : { fence };
    return ofRun(runId, await this.#call({ method: 'POST', path: `/runs/${runId}/cancel`, body }, runReader));
  }

  /** The agent may forget the log of a run that has ended; done twice it is done once. */
  async acknowledge(runId: string): Promise<void> {
    const request = { method: 'POST', path: `/runs/${runId}/acknowledge`, body: {} } as const;
    ofRun(runId, await this.#call(request, runReader));
  }

  reboot(body: RebootRequest): Promise<z.output<typeof rebootReader>> {
    return this.#call({ method: 'POST', path: '/system/reboot', body }, rebootReader);
  }

  async requestCertificate(): Promise<string> {
    return (await this.#call({ method: 'POST', path: '/certificate/request' }, csrReader)).csr;
  }

  async installCertificate(body: CertificateInstall): Promise<void> {
    await this.#call({ method: 'PUT', path: '/certificate', body }, nothingReader);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  #get<T extends z.ZodType>(path: string, reader: T): Promise<z.output<T>> {
    return this.#call({ method: 'GET', path }, reader);
  }

  async #call<T extends z.ZodType>(
    request: Omit<HostRequest, 'deadlineMs' | 'maxBytes'> & Partial<HostRequest>,
    reader: T,
  ): Promise<z.output<T>> {
    return readAnswer(await this.#ask(request), reader);
  }

  async #ask(
    request: Omit<HostRequest, 'deadlineMs' | 'maxBytes'> & Partial<HostRequest>,
  ): Promise<HostAnswer> {
    const limits = { deadlineMs: this.context.callMs, maxBytes: mostBytes };
    const path = `/api/v1${request.path}`;
    try {
      return await this.#connection.request({ ...limits, ...request, path });
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      throw unanswered(error, this.#connection.opened > 0);
    }
  }
}

/** An answer about another run is worse than none. */
function ofRun(runId: string, reading: RunReading): RunReading {
  if (reading.run_id === runId) return reading;
  throw new AgentError('bad_answer', 'the agent answered about another run');
}
