import type { CheckState } from './health-check.js';
import type { ServiceFacts } from './service-facts.js';

/** Everything an answer is made of, as it was at one instant. */
export interface HealthSnapshot {
  takenAt: Date;
  /** The same instant in monotonic milliseconds. */
  takenAtMs: number;
  uptimeMs: number;
  checks: readonly CheckState[];
  facts: ServiceFacts;
}
