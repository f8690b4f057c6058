import type { MeasuredResult } from '../results/measured-result.js';
import type { DemoCheck } from './demo-host.js';

/** A check of the demo, once it is in the database. */
export interface LaidOutCheck extends DemoCheck {
  readonly id: string;
  readonly hostId: string;
  readonly revision: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const pastHours = 95;
/** Coarser than the polls of the demo: as many as its pictures need, and no more to wait for. */
const everyMs = 12 * minuteMs;

/** What polling would have found in the last four days, of checks that nobody has polled yet. */
export function measuredPast(checks: readonly LaidOutCheck[], now: Date): MeasuredResult[] {
  return checks.flatMap((check, index) => {
    // Hosts have their moment in the interval each, the last one within the minute.
    const lastMs = now.getTime() - 5_000 - ((index * 977) % 50_000);
    const count = Math.floor((pastHours * hourMs) / everyMs);
    return Array.from({ length: count }, (_, n) =>
      resultOf(check, new Date(lastMs - (count - 1 - n) * everyMs), { now, salt: index * 31 + n * 17 }),
    );
  });
}

function resultOf(
  { id, hostId, revision, outages, latencyMs }: LaidOutCheck,
  checkedAt: Date,
  { now, salt }: { now: Date; salt: number },
): MeasuredResult {
  const hoursAgo = (now.getTime() - checkedAt.getTime()) / hourMs;
  const outage = outages.find(({ from, to }) => hoursAgo <= from && hoursAgo >= to);
  // Latencies that differ as those of a network do, and alike in every demo.
  const spread = 1 + ((salt * 37) % 23) / 40 + (salt % 97 === 0 ? 2 : 0);
  return {
    ...{ check_id: id, host_id: hostId, revision, checked_at: checkedAt, suspect: false },
    ...{ healthy: outage === undefined, reason: outage?.reason ?? 'ok', detail: outage?.detail ?? '' },
    latency_ms: Math.round(latencyMs * spread),
  };
}
