import type { PatchJobView } from '@patchgate/contracts';
import { countOf } from '../../lib/counts.js';
import { formatClock, formatHour, formatHours, viewerZone } from '../../lib/times.js';

/** What is ordered: `Security updates only`. */
export function orderWords({ selection, packages, exclude }: PatchJobView): string {
  const what = {
    all: 'All updates',
    security: 'Security updates only',
    named: packages === null ? 'Named packages' : namesOf(packages),
  }[selection];
  return exclude.length === 0 ? what : `${what}, without ${namesOf(exclude)}`;
}

const shownNames = 3;

const namesOf = (names: readonly string[]): string =>
  names.length <= shownNames
    ? names.join(', ')
    : `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;

/** `148 hosts in prod-web` */
export function hostsWords({ hosts_total: hosts, groups }: PatchJobView): string {
  const names = groups.map(({ name }) => name);
  return names.length === 0 ? countOf(hosts, 'host') : `${countOf(hosts, 'host')} in ${namesOf(names)}`;
}

/** How the roll-out goes: `canary of 4, then 6 batches of 24`. */
export function rollOutWords({ canary, batch_size: size, hosts_total: hosts }: PatchJobView): string {
  const rest = Math.max(0, hosts - canary);
  const count = size === null ? 1 : Math.ceil(rest / size);
  const batches =
    count <= 1 ? (rest === 0 ? 'nothing after it' : 'one batch') : `${count} batches of ${size ?? rest}`;
  return canary === 0 ? batches : `canary of ${canary}, then ${batches}`;
}

/** When it may work: `26 Mar, 02:00 – 04:00`, or by when. */
export function timeWords({
  schedule,
  deadline_at: deadline,
  window_opens_at: opens,
  window_closes_at: closes,
}: PatchJobView): string {
  if (schedule === 'now') {
    return deadline === null ? 'At once' : `At once, until ${formatHour(Date.parse(deadline), viewerZone())}`;
  }
  if (opens === null || closes === null) return 'In maintenance windows';
  return `In windows, ${formatHours(Date.parse(opens), Date.parse(closes), viewerZone())}`;
}

interface PauseWords {
  title: string;
  todo: string;
}

/** Why a job is paused, and what a person does about it. */
export function pauseWords({ paused, max_failures: allowed, failures }: PatchJobView): PauseWords | null {
  if (paused === null) return null;
  switch (paused.reason) {
    case 'person':
      return {
        title: `Paused by ${paused.by ?? 'a person'}.`,
        todo: 'No further host starts until somebody resumes the job. What runs goes on, and windows go on closing.',
      };
    case 'canary_failed':
      return {
        title: 'Paused: a host of the canary did not succeed.',
        todo: 'Look at the run of that host first. Resume to go on with the rest all the same, or cancel the job.',
      };
    case 'budget_spent':
      return {
        title: `Paused: ${countOf(failures, 'host')} failed, and ${allowed} may.`,
        todo: 'Look at the failed runs first. Resume to accept these failures and go on, or cancel the job.',
      };
  }
}

/** `02:47` of today, with the day where it is another. */
export function clockOrDay(atMs: number, nowMs: number): string {
  const zone = viewerZone();
  const isNear = Math.abs(atMs - nowMs) < 12 * 3_600_000;
  return isNear ? formatClock(atMs, zone) : formatHour(atMs, zone);
}
