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
  warning: { glyph: 'warn', tone: 'wait', word: 'Warning' },
} satisfies Record<string, StateLook>;

export type StateName = keyof typeof states;
