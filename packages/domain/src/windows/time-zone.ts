import { Temporal } from 'temporal-polyfill';

import { dayMs, formatLocal, parseLocal } from './local-time.js';
import type { Shift } from './window-rule.js';

/** No rule starts earlier, and before 2000 zones had offsets of odd seconds. */
const earliest = Date.UTC(1999, 0, 1);

/** The time between two changes of a zone's offset, and what follows once it is asked for: a zone's changes have no end. */
class Period {
  readonly until: number;
  readonly offsetMs: number;
  readonly #change: Temporal.ZonedDateTime | null;
  #next: Period | null = null;

  constructor(start: Temporal.ZonedDateTime) {
    this.offsetMs = start.offsetNanoseconds / 1e6;
    this.#change = start.getTimeZoneTransition('next');
    this.until = this.#change?.epochMilliseconds ?? Infinity;
  }

  get next(): Period | null {
    if (this.#change === null) return null;
    return (this.#next ??= new Period(this.#change));
  }
}

/** A zone's offsets as numbers. Temporal objects are made once for each change of an offset, not once for each time. */
export class TimeZone {
  readonly #first: Period;
  #recent: Period;
  #recentFrom = -Infinity;

  constructor(name: string) {
    this.#first = new Period(Temporal.Instant.fromEpochMilliseconds(earliest).toZonedDateTimeISO(name));
    this.#recent = this.#first;
  }

  /**
   * The instant of a local time. One that the clocks skip becomes the first instant after the gap; of one that comes
   * twice the first is taken.
   */
  instantOf(localMs: number): { at: number; shift: Shift } {
    let [period, from] = this.#startFor(localMs - 2 * dayMs);
    while (period.next !== null && localMs >= period.until + period.offsetMs) {
      from = period.until;
      period = period.next;
    }
    [this.#recent, this.#recentFrom] = [period, from];
    const at = localMs - period.offsetMs;
    if (at < from) return { at: from, shift: 'gap' };
    const comesAgain = period.next !== null && localMs >= period.until + period.next.offsetMs;
    return { at, shift: comesAgain ? 'overlap' : 'none' };
  }

  localOf(at: number): number {
    let [period] = this.#startFor(at - 2 * dayMs);
    while (period.next !== null && at >= period.until) period = period.next;
    return at + period.offsetMs;
  }

  /** Questions come in runs of growing times, so the last answer is where the search begins. */
  #startFor(lowest: number): [Period, number] {
    if (lowest >= this.#recentFrom) return [this.#recent, this.#recentFrom];
    return [this.#first, -Infinity];
  }
}

const zones = new Map<string, TimeZone | null>();
/** Names come from people: what is kept of those that are none has a bound. */
const zonesKept = 2000;

/**
 * @param name IANA, such as `Europe/Berlin`, `UTC` or `Etc/GMT+5`
 * @returns null for a name that the time zone data at hand does not know, and for an offset such as `+02:00`: an offset
 *   has no daylight saving, and who writes one means a place
 */
export function timeZone(name: string): TimeZone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (zones.size >= zonesKept) zones.clear();
  const zone = readTimeZone(name);
  zones.set(name, zone);
  return zone;
}

function readTimeZone(name: string): TimeZone | null {
  if (!/^[A-Za-z]/u.test(name)) return null;
  try {
    return new TimeZone(name);
  } catch {
    // The RangeError of an unknown name. Nobody may take what cannot be read for a zone, whatever the reason.
    return null;
  }
}

/**
 * The instant at which a zone's clocks show a local time, by the same rules as the starts of windows.
 *
 * @param zoneName IANA
 * @param local `YYYY-MM-DDTHH:mm`
 * @returns milliseconds since the epoch; null when the zone or the time cannot be read
 */
export function instantOfLocal(zoneName: string, local: string): number | null {
  const [zone, localMs] = [timeZone(zoneName), parseLocal(local)];
  return zone === null || localMs === null ? null : zone.instantOf(localMs).at;
}

/**
 * What a zone's clocks show at an instant.
 *
 * @param at milliseconds since the epoch
 * @returns `YYYY-MM-DDTHH:mm`; null when the zone is unknown
 */
export function localOfInstant(zoneName: string, at: number): string | null {
  const zone = timeZone(zoneName);
  return zone === null ? null : formatLocal(zone.localOf(at));
}
