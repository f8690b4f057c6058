import type { CheckDefinition, CheckOutcome } from './health-check.js';

/** A check whose next outcome a test sets; an Error is thrown. Counts its runs. */
export class ScriptedCheck {
  calls = 0;
  next: CheckOutcome | Error = { status: 'healthy' };

  constructor(
    private readonly name: string,
    private readonly options: Partial<Omit<CheckDefinition, 'name' | 'check'>> = {},
  ) {}

  get definition(): CheckDefinition {
    return {
      name: this.name,
      critical: true,
      everyMs: 5000,
      timeoutMs: 2000,
      ...this.options,
      check: () => {
        this.calls += 1;
        return this.next instanceof Error ? Promise.reject(this.next) : Promise.resolve(this.next);
      },
    };
  }
}
