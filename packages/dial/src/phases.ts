/** What takes time in a probe, in its order. */
export type Phase = 'dns' | 'connect' | 'tls' | 'first_byte' | 'body';

/** Milliseconds per phase; a phase that happens again, as with redirects, adds up. */
export class Phases {
  readonly #ms: Partial<Record<Phase, number>> = {};

  /** @param nowMs monotonic milliseconds */
  constructor(private readonly nowMs: () => number) {}

  /** Runs the work and counts its time, also when it fails. */
  async measure<T>(phase: Phase, work: () => Promise<T>): Promise<T> {
    const startedAtMs = this.nowMs();
    try {
      return await work();
    } finally {
      this.#ms[phase] = (this.#ms[phase] ?? 0) + this.nowMs() - startedAtMs;
    }
  }

  /** Tenths of milliseconds are as fine as a person reads. */
  read(): Partial<Record<Phase, number>> {
    return Object.fromEntries(
      Object.entries(this.#ms).map(([phase, ms]) => [phase, Math.round(ms * 10) / 10]),
    );
  }
}
