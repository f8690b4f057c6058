import { nowMs } from './clock.js';

const attendedForMs = 60_000;
const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

// Whoever has just opened the page is there.
let lastInputMs = nowMs();

/** Notices that somebody is there, from now on. */
export function watchAttention(page: Document): void {
  const note = (): void => {
    lastInputMs = nowMs();
  };
  for (const input of inputs) page.addEventListener(input, note, { passive: true, capture: true });
}

/**
 * Whether a person is at this page. An open page asks again at every event for as long as it is open; if that counted
 * as use, a session would never be idle.
 */
export const isAttended = (): boolean => nowMs() - lastInputMs < attendedForMs;
