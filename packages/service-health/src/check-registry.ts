import type { CheckRunnerOptions } from './check-runner.js';
import { CheckRunner } from './check-runner.js';
import type { CheckDefinition, CheckState } from './health-check.js';

const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** The checks of one process. A check added after the start begins at once. */
export class CheckRegistry {
  readonly #runners = new Map<string, CheckRunner>();
  readonly #excuses: { name: string; excusedBy: string }[] = [];
  #isStarted = false;

  constructor(private readonly options: CheckRunnerOptions) {}

  /** @throws Error on a name that is taken or not snake_case, and on times that are not positive. */
  add(definition: CheckDefinition): void {
    const { name, everyMs, timeoutMs, excusedBy } = definition;
    if (!NAME.test(name)) throw new Error(`health check name must be snake_case: ${name}`);
    if (this.#runners.has(name)) throw new Error(`health check registered twice: ${name}`);
    if (!(everyMs > 0 && timeoutMs > 0)) throw new Error(`health check needs positive times: ${name}`);
    const runner = new CheckRunner(definition, this.options);
    this.#runners.set(name, runner);
    if (excusedBy !== undefined) this.#excuses.push({ name, excusedBy });
    this.options.onVerdict();
    if (this.#isStarted) runner.start();
  }

  states(): CheckState[] {
    return [...this.#runners.values()].map((runner) => runner.state);
  }

  /** @throws Error when a check is excused by one that does not exist. */
  start(): void {
    for (const { name, excusedBy } of this.#excuses) {
      if (!this.#runners.has(excusedBy)) {
        throw new Error(`health check ${name} is excused by the unknown check ${excusedBy}`);
      }
    }
    this.#isStarted = true;
    for (const runner of this.#runners.values()) runner.start();
  }

  /** Runs every check now; resolves when each has a verdict. */
  async runAll(): Promise<void> {
    await Promise.all([...this.#runners.values()].map((runner) => runner.run()));
  }

  stop(): void {
    for (const runner of this.#runners.values()) runner.stop();
  }
}
