const second = 1_000;
const two = (count: number): string => count.toString().padStart(2, '0');

/**
 * What is left until an instant, to the second: `2:52`, `1:12:48`, and beyond two days `3 d 4 h`. Nothing is left of what
 * is past: `0:00`.
 */
export function formatCountdown(leftMs: number): string {
  // Rounded up: what says 0:00 is over.
  const left = Math.max(0, Math.ceil(leftMs / second));
  const hours = Math.floor(left / 3_600);
  const minutes = Math.floor((left % 3_600) / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  const seconds = two(left % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}
