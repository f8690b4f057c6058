import type { Glyph } from './state-glyphs.js';

type Tone = 'ok' | 'bad' | 'wait' | 'run' | 'unsure' | 'idle';

interface StateLook {
  glyph: Glyph;
  tone: Tone;
  word: string;
}

/** Shape, colour and word of every state. Plum (`unsure`) is what we do not know; it is neither good nor bad. */
export const states = {
  healthy: { glyph: 'ok', tone: 'ok', word: 'Healthy' },
  unhealthy: { glyph: 'bad', tone: 'bad', word: 'Unhealthy' },
  unknown: { glyph: 'unknown', tone: 'idle', word: 'Unknown' },
  none: { glyph: 'none', tone: 'idle', word: 'No checks' },
  connected: { glyph: 'ok', tone: 'ok', word: 'Connected' },
  unreachable: { glyph: 'error', tone: 'unsure', word: 'Unreachable' },
  notEnrolled: { glyph: 'none', tone: 'idle', word: 'Not enrolled' },
  active: { glyph: 'ok', tone: 'ok', word: 'Active' },
  disabled: { glyph: 'skip', tone: 'idle', word: 'Disabled' },
  expired: { glyph: 'bad', tone: 'bad', word: 'Expired' },
  revoked: { glyph: 'skip', tone: 'idle', word: 'Revoked' },
  succeeded: { glyph: 'ok', tone: 'ok', word: 'Succeeded' },
  failed: { glyph: 'bad', tone: 'bad', word: 'Failed' },
  refused: { glyph: 'bad', tone: 'bad', word: 'Refused' },
  queued: { glyph: 'queued', tone: 'idle', word: 'Queued' },
  waiting: { glyph: 'wait', tone: 'wait', word: 'Waiting for health' },
  dispatching: { glyph: 'run', tone: 'run', word: 'Dispatching' },
  patching: { glyph: 'run', tone: 'run', word: 'Patching' },
  rebooting: { glyph: 'run', tone: 'run', word: 'Rebooting' },
  verifying: { glyph: 'run', tone: 'run', word: 'Verifying' },
  skipped: { glyph: 'skip', tone: 'idle', word: 'Skipped' },
  outcomeUnknown: { glyph: 'unsure', tone: 'unsure', word: 'Outcome unknown' },
  running: { glyph: 'run', tone: 'run', word: 'Running' },
  paused: { glyph: 'pause', tone: 'wait', word: 'Paused' },
  partlyFailed: { glyph: 'partly', tone: 'bad', word: 'Partly failed' },
  cancelled: { glyph: 'skip', tone: 'idle', word: 'Cancelled' },
  pass: { glyph: 'ok', tone: 'ok', word: 'Pass' },
  fail: { glyph: 'bad', tone: 'bad', word: 'Fail' },
  couldNotAsk: { glyph: 'error', tone: 'unsure', word: 'Could not ask' },
  overridden: { glyph: 'warn', tone: 'wait', word: 'Overridden' },
  notVerified: { glyph: 'none', tone: 'idle', word: 'Not verified' },
  verified: { glyph: 'ok', tone: 'ok', word: 'Verified' },
  regressed: { glyph: 'bad', tone: 'bad', word: 'Regressed' },
  preExisting: { glyph: 'warn', tone: 'wait', word: 'Failing before and after' },
  ready: { glyph: 'ok', tone: 'ok', word: 'Ready' },
  wouldWait: { glyph: 'wait', tone: 'wait', word: 'Would wait at the gate' },
  noGate: { glyph: 'none', tone: 'idle', word: 'Starts without a gate' },
  willNotStart: { glyph: 'bad', tone: 'bad', word: 'Will not start' },
  warning: { glyph: 'warn', tone: 'wait', word: 'Warning' },
} satisfies Record<string, StateLook>;

export type StateName = keyof typeof states;
