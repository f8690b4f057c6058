import type { TestResultView } from '@patchgate/contracts';

const phaseNames = ['dns', 'connect', 'tls', 'first_byte', 'body'] as const;

export const phaseWords = {
  dns: 'DNS',
  connect: 'Connect',
  tls: 'TLS',
  first_byte: 'First byte',
  body: 'Body',
} as const;

export interface PhaseBar {
  phase: (typeof phaseNames)[number];
  /** Null when it did not take place. */
  ms: number | null;
  /** Percent of the whole time, where it begins and how long it is. */
  left: number;
  width: number;
  /** Why there is no time: the probe ended before, or this question needs no such step. */
  note: 'not reached' | 'not needed' | null;
}

/** The phases one after the other on the time they took together. */
export function phaseBarsOf(phases: TestResultView['phases']): PhaseBar[] {
  const totalMs = phaseNames.reduce((sum, phase) => sum + (phases[phase] ?? 0), 0);
  const lastReached = phaseNames.findLastIndex((phase) => phases[phase] !== undefined);
  const percent = (ms: number) => (totalMs === 0 ? 0 : (100 * ms) / totalMs);
  let soFarMs = 0;
  return phaseNames.map((phase, index) => {
    const ms = phases[phase] ?? null;
    const bar = { phase, ms, left: percent(soFarMs), width: percent(ms ?? 0) };
    soFarMs += ms ?? 0;
    return { ...bar, note: ms !== null ? null : index < lastReached ? 'not needed' : 'not reached' };
  });
}
