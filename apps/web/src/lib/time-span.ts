/** From an opening to a close, in milliseconds since 1970. */
export interface TimeSpan {
  opensAt: number;
  closesAt: number;
}

/** Where an instant stands on a span, from 0 to 1; before and after it, at its ends. */
export function placeIn({ opensAt, closesAt }: TimeSpan, at: number): number {
  if (closesAt <= opensAt) return 1;
  return Math.min(1, Math.max(0, (at - opensAt) / (closesAt - opensAt)));
}

/** As CSS has it. */
export const percentOf = (place: number): string => `${(place * 100).toFixed(2)}%`;
