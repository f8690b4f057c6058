import type { RebootAck, RebootRequest } from '@patchgate/contracts/agent';
import type { Clock } from '@patchgate/service-health';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

import { AgentRefusal } from '../http/agent-refusal.js';
import { writeDurably } from '../platform/durable-file.js';
import type { Logger } from '../platform/logger.js';
import { readIfThere } from '../platform/read-if-there.js';

const reservation = z.strictObject({ job_id: z.string(), due_at: z.iso.datetime(), boot_id: z.string() });
type Reservation = z.infer<typeof reservation>;

interface ReservationOptions {
  readonly stateDirectory: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly readBootId: () => Promise<string>;
  readonly reboot: () => Promise<void>;
}

/** A restart that fell due while the agent was down is made up for within this time; later nobody expects it. */
const MAKE_UP_MS = 60_000;
/** The answer to the request must be on its way first. */
const LEAST_DELAY_MS = 500;

/** One restart of the host that was asked for; it survives a restart of the agent. */
export class RebootReservation {
  readonly #file: string;
  #current: Reservation | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ReservationOptions) {
    this.#file = path.join(options.stateDirectory, 'reboot.json');
  }

  get dueAt(): string | null {
    return this.#current?.due_at ?? null;
  }

  async resume(): Promise<void> {
    const text = await readIfThere(this.#file);
    if (text === null) return;
    const found = reservation.parse(JSON.parse(text));
    const lateMs = this.options.clock.now().getTime() - new Date(found.due_at).getTime();
    if (found.boot_id === (await this.options.readBootId()) && lateMs < MAKE_UP_MS) this.#arm(found);
    else await rm(this.#file, { force: true });
  }

  /** @throws AgentRefusal when one is reserved already */
  async reserve({ delay_seconds = 0, force = false }: RebootRequest): Promise<RebootAck> {
    if (this.#current !== null) {
      throw new AgentRefusal('REBOOT_BLOCKED', `the host restarts at ${this.#current.due_at} already`);
    }
    const due_at = new Date(this.options.clock.now().getTime() + delay_seconds * 1000).toISOString();
    const next = { job_id: randomUUID(), due_at, boot_id: await this.options.readBootId() };
    await writeDurably(this.#file, JSON.stringify(next));
    this.#arm(next);
    return {
      job_id: next.job_id,
      status: 'pending',
      operation: 'reboot',
      scheduled_at: due_at,
      delay_seconds,
      force,
    };
  }

  /** Forgets the timer, not the reservation. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(next: Reservation): void {
    this.#current = next;
    const waitMs = new Date(next.due_at).getTime() - this.options.clock.now().getTime();
    this.#timer = setTimeout(() => void this.#reboot(), Math.max(LEAST_DELAY_MS, waitMs)).unref();
  }

  async #reboot(): Promise<void> {
    const { log, reboot } = this.options;
    log.warn({ jobId: this.#current?.job_id }, 'host restarts as asked');
    try {
      await rm(this.#file, { force: true });
      await reboot();
    } catch (error) {
      log.error({ err: error }, 'host not restarted');
    }
    this.#current = null;
  }
}
