import type { WindowRule } from './window-rule.js';

/** Every night from 02:00 to 04:00 in Berlin, unless told otherwise. */
export const windowRule = (given: Partial<WindowRule> = {}): WindowRule => ({
  id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c60',
  kind: 'maintenance',
  timeZone: 'Europe/Berlin',
  startsAt: '2026-01-01T02:00',
  durationMinutes: 120,
  recurrence: { freq: 'daily' },
  lastStartMinutes: 0,
  enabled: true,
  ...given,
});

export const blackoutRule = (given: Partial<WindowRule> = {}): WindowRule =>
  windowRule({ kind: 'blackout', ...given });

/** Milliseconds since the epoch of `2026-03-26T01:47` in UTC. */
export const utc = (text: string): number => Date.parse(`${text}Z`);

/** The opposite of `utc`. */
export const inUtc = (at: number): string => new Date(at).toISOString().slice(0, 16);
