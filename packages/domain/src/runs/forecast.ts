/** How far one batch of a roll-out has come. */
export interface BatchProgress {
  /** 0 is the canary. */
  readonly batch: number;
  /** Runs that have not ended. */
  readonly open: number;
  /** The first opening among them in milliseconds since 1970; null while none is known. */
  readonly opensAt: number | null;
  /** When its first host was ordered, in milliseconds since 1970. */
  readonly startedAt: number | null;
}

export interface Pace {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly isPaused: boolean;
  readonly maxInFlight: number;
  /** Of the hosts that have succeeded, in milliseconds; null before there is one. */
  readonly medianRunMs: number | null;
}

export interface Forecast {
  /** When batches that have not begun may begin, in milliseconds since 1970; null where nothing says so. */
  readonly startsAt: ReadonlyMap<number, number | null>;
  /** Milliseconds since 1970; null until the canary is over and a host has succeeded, and for what is over. */
  readonly endsAt: number | null;
}

/**
 * When the rest of a roll-out may begin and end, guessed from the pace of its hosts so far. Hosts that wait at their
 * gate are taken for ones that will pass: how long they wait nobody knows.
 *
 * @param batches in their order
 */
export function forecast(batches: readonly BatchProgress[], pace: Pace): Forecast {
  const startsAt = new Map<number, number | null>();
  let free: number | null = pace.isPaused ? null : pace.now;
  for (const { batch, open, opensAt, startedAt } of batches) {
    if (open === 0) continue;
    const start: number | null = free === null ? null : Math.max(free, opensAt ?? free);
    if (startedAt === null) startsAt.set(batch, start);
    // The canary goes alone and is looked at: what its hosts take says nothing before all of them are through.
    const lasts = batch === 0 ? null : rounds(open, pace);
    free = start === null || lasts === null ? null : start + lasts;
  }
  const isOver = batches.every(({ open }) => open === 0);
  return { startsAt, endsAt: isOver ? null : free };
}

const rounds = (open: number, { maxInFlight, medianRunMs }: Pace): number | null =>
  medianRunMs === null ? null : Math.ceil(open / maxInFlight) * medianRunMs;
