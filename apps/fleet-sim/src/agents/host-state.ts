import { randomUUID } from 'node:crypto';

import type { Ledger } from './ledger.js';
import { stepsOf } from './package-steps.js';
import type { Behaviour, Script, SimulatedAgent } from './script.js';

interface Transaction {
  readonly id: string;
  readonly packages: readonly string[] | null;
  readonly onLine: (line: string) => void;
  /** In percent; only of hosts that tell their steps. */
  readonly onProgress?: (percent: number) => void;
  readonly onEnd: (exitCode: number) => void;
}

const atFirst: Behaviour = {
  services: { nginx: true },
  patches: [
    {
      ...{ name: 'openssl', current_version: '3.0.14-1', available_version: '3.0.15-1' },
      ...{ security: true, requires_reboot: true },
    },
    {
      ...{ name: 'tzdata', current_version: '2026a-0', available_version: '2026b-0' },
      ...{ security: false, requires_reboot: false },
    },
  ],
  ...{ latency_ms: 0, run_ms: 50, tells_steps: false, run_fails: false, start_ms: 0, breaks_services: [] },
  ...{
    shutdown_ms: 20,
    reboot_ms: 50,
    ignores_reboots: false,
    loses_next_reply: false,
    loses_next_order: false,
  },
  ...{ queue_full: false, refuses_orders: null, forgets_orders: false, has_foreign_job: false },
  ...{ bad_answer: null, is_down: false, rate_limit: null },
};
const isMeant = (packages: readonly string[] | null, { name }: { name: string }): boolean =>
  packages === null || packages.includes(name);

/** A simulated machine: what survives its agent. */
export class HostState {
  script: Behaviour = { ...atFirst };
  bootId = randomUUID();
  agentEpoch = randomUUID();
  pendingReboot: boolean;
  #bootedAtMs: number;
  #transaction: NodeJS.Timeout | null = null;

  constructor(
    readonly agent: SimulatedAgent,
    readonly ledger: Ledger,
    private readonly onReboot: (awayMs: number) => void,
  ) {
    this.pendingReboot = agent.pending_reboot;
    this.#bootedAtMs = performance.now() - agent.up_for_ms;
    this.change(agent.script);
  }

  get id(): string {
    return this.agent.host_id;
  }

  get uptimeSeconds(): number {
    return Math.floor((performance.now() - this.#bootedAtMs) / 1000);
  }

  /** One package manager, one lock. */
  get isChangingPackages(): boolean {
    return this.#transaction !== null;
  }

  change(script: Script): void {
    this.script = { ...this.script, ...script } as Behaviour;
  }

  /** The package transaction itself, detached from the agent: nothing but its end ends it. */
  beginTransaction({ id, packages, onLine, onProgress, onEnd }: Transaction): void {
    this.ledger.add({
      ...{ host_id: this.id, deed: 'transaction_started', id },
      detail: packages?.join(' ') ?? 'all',
    });
    onLine('Reading package lists...');
    const telling = this.script.tells_steps ? this.#tellSteps(packages, onLine, onProgress) : null;
    this.#transaction = setTimeout(() => {
      this.#transaction = null;
      clearInterval(telling ?? undefined);
      const exitCode = this.script.run_fails ? 100 : 0;
      if (exitCode === 0) this.#install(packages);
      onLine(
        exitCode === 0
          ? 'Processing triggers ...'
          : 'E: Sub-process /usr/bin/dpkg returned an error code (1)',
      );
      this.ledger.add({ host_id: this.id, deed: 'transaction_ended', id, detail: `${exitCode}` });
      onEnd(exitCode);
    }, this.script.run_ms);
  }

  reboot(id: string): void {
    if (this.script.ignores_reboots) return;
    this.ledger.add({ host_id: this.id, deed: 'rebooted', id });
    this.onReboot(this.script.reboot_ms);
  }

  /** It is up again; until then it is the machine that goes down. */
  booted(): void {
    this.bootId = randomUUID();
    this.pendingReboot = false;
    this.#bootedAtMs = performance.now();
  }

  end(): void {
    clearTimeout(this.#transaction ?? undefined);
  }

  /** Spread over the time of the transaction, so that whoever looks sees it go on. */
  #tellSteps(
    packages: readonly string[] | null,
    onLine: Transaction['onLine'],
    onProgress: Transaction['onProgress'],
  ): NodeJS.Timeout {
    const { patches, run_ms } = this.script;
    const steps = stepsOf(patches.filter((patch) => isMeant(packages, patch)));
    let next = 0;
    return setInterval(
      () => {
        const line = steps[next];
        if (line === undefined) return;
        next += 1;
        onLine(line);
        onProgress?.(10 + Math.floor((85 * next) / steps.length));
      },
      run_ms / (steps.length + 1),
    );
  }

  #install(packages: readonly string[] | null): void {
    const { patches, breaks_services, services } = this.script;
    const isOne = (patch: { name: string }) => isMeant(packages, patch);
    this.pendingReboot ||= patches.some((patch) => isOne(patch) && patch.requires_reboot);
    const broken = Object.fromEntries(breaks_services.map((name) => [name, false]));
    this.change({
      patches: patches.filter((patch) => !isOne(patch)),
      services: { ...services, ...broken },
    });
  }
}
