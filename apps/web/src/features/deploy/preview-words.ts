import type { JobPreviewView, PreviewHostView } from '@patchgate/contracts';
import { countOf, formatCount } from '../../lib/counts.js';
import { momentInWords } from '../../lib/moments.js';
import { reasonInShort } from '../../lib/run-reasons.js';
import type { StateName } from '../../ui/states.js';

export type Outcome = PreviewHostView['outcome'];

/** Worst first. */
export const outcomes = ['will_not_start', 'would_wait', 'no_gate', 'ready'] as const satisfies Outcome[];

export const outcomeStates: Record<Outcome, StateName> = {
  will_not_start: 'willNotStart',
  would_wait: 'wouldWait',
  no_gate: 'noGate',
  ready: 'ready',
};

/** Behind a count: `25 ready, 4 would wait`. */
export const outcomeWords: Record<Outcome, string> = {
  will_not_start: 'will not start',
  would_wait: 'would wait',
  no_gate: 'start without a gate',
  ready: 'ready',
};

export const outcomeMeanings: Record<Outcome, string> = {
  will_not_start: 'Left out of the job unless you fix them first',
  would_wait: 'Starts if its checks pass and its agent answers before the window closes',
  no_gate: 'No health check: nothing can hold the patch back',
  ready: 'Healthy now; measured again at the gate',
};

export const startingOf = ({ hosts_total: total, counts }: JobPreviewView): number =>
  total - counts.will_not_start;

/** Answers the question: `32 of 34 hosts can start, the first on Friday at 22:00`. */
export function headlineOf(preview: JobPreviewView, nowMs: number, timeZone: string): string {
  const { hosts_total: total, first_start_at: first } = preview;
  const starting = startingOf(preview);
  if (total === 0) return 'No host is chosen';
  if (starting === 0)
    return total === 1 ? 'This host cannot start' : `None of ${formatCount(total)} hosts can start`;
  const who =
    starting < total
      ? `${formatCount(starting)} of ${countOf(total, 'host')} can start`
      : total === 1
        ? 'This host can start'
        : `All ${formatCount(total)} hosts can start`;
  if (first === null) return who;
  const when = momentInWords(Date.parse(first), nowMs, timeZone);
  // "Can start now" over a host that a red check holds back would be believed.
  const isHeld = preview.counts.would_wait === starting;
  const once = isHeld ? `, once ${total === 1 ? 'its gate opens' : 'their gates open'}` : '';
  return `${total === 1 ? `${who} ${when}` : `${who}, the first ${when}`}${once}`;
}

interface Obstacle {
  /** Null where nothing is known that would stop it. */
  text: string | null;
  /** Where it is removed. */
  way: { to: 'job' | 'windows' | 'checks' | 'add-check' | 'host'; label: string } | null;
}

const saysMore = ({ reason, outcome }: PreviewHostView): boolean =>
  reason !== 'no_window' && (reason !== 'agent_unreachable' || outcome === 'will_not_start');

/** What would stop a host, and the way to what removes it. */
export function obstacleOf(host: PreviewHostView): Obstacle {
  const { reason, detail, busy_in: busy } = host;
  if (busy !== null) {
    return { text: `Busy in job ${busy.number}`, way: { to: 'job', label: `Open job ${busy.number}` } };
  }
  if (reason === null) return { text: null, way: null };
  // The line names the host already, and has no room for what its reason says as well.
  const said = (saysMore(host) && detail?.replace(`${host.fqdn} `, '')) || reasonInShort(reason);
  const text = said.charAt(0).toUpperCase() + said.slice(1);
  switch (reason) {
    case 'no_window':
      return { text, way: { to: 'windows', label: 'Add window' } };
    case 'blackout':
    case 'outside_window':
    case 'deadline_passed':
      return { text, way: { to: 'windows', label: 'See windows' } };
    case 'check_failed':
    case 'check_error':
    case 'gate_window_closed':
    case 'regressed':
      return { text, way: { to: 'checks', label: 'Open checks' } };
    case 'no_checks':
      return { text: 'Nothing would stop it', way: { to: 'add-check', label: 'Add check' } };
    case 'agent_unreachable':
    case 'agent_busy':
    case 'agent_refused':
    case 'batch_wait':
    case 'job_paused':
    case 'rights_lost':
    case 'patch_failed':
    case 'reboot_timeout':
    case 'cancelled':
    case 'quarantined':
    case 'unknown_outcome':
      return { text, way: { to: 'host', label: 'Open host' } };
  }
}

/** The state of the checks with how many: `Unhealthy, 1 of 4`. */
export function healthOf({
  health_check_status: status,
  health_checks: checks,
}: PreviewHostView): string | null {
  switch (status) {
    case 'unhealthy':
      return `Unhealthy, ${checks.unhealthy} of ${checks.total}`;
    case 'unknown':
      return `Unknown, ${checks.unknown} of ${checks.total}`;
    case 'healthy':
    case 'none':
      return null;
  }
}

/** Its place in the roll-out. */
export function placeOf({ batch, outcome }: PreviewHostView, hasCanary: boolean): string {
  if (outcome === 'will_not_start' || batch === null) return 'left out';
  return batch === 0 && hasCanary ? 'Canary' : `Batch ${batch}`;
}

export interface Risk {
  /** Of which hosts: an acceptance is of these and of no others. */
  key: string;
  text: string;
  /** What stands under the button while it is not accepted. */
  missing: string;
}

/** What a person must accept before the order is made, one by one. */
export function risksOf({ items }: JobPreviewView): Risk[] {
  const keyOf = (outcome: Outcome): string =>
    [outcome, ...items.filter((host) => host.outcome === outcome).map((host) => host.host_id)].join(' ');
  const countOfOutcome = (outcome: Outcome): number =>
    items.filter((host) => host.outcome === outcome).length;
  const [bare, left] = [countOfOutcome('no_gate'), countOfOutcome('will_not_start')];
  const isAllOut = left === items.length;
  return [
    ...(bare === 0
      ? []
      : [
          {
            key: keyOf('no_gate'),
            text:
              bare === 1
                ? '1 host has no checks. Patch it without a gate.'
                : `${formatCount(bare)} hosts have no checks. Patch them without a gate.`,
            missing: `Accept that ${countOf(bare, 'host')} start${bare === 1 ? 's' : ''} without a gate.`,
          },
        ]),
    ...(left === 0 || isAllOut
      ? []
      : [
          {
            key: keyOf('will_not_start'),
            text:
              left === 1
                ? '1 host will not start. Leave it out of this job.'
                : `${formatCount(left)} hosts will not start. Leave them out of this job.`,
            missing: `Confirm the ${countOf(left, 'host')} that will not start.`,
          },
        ]),
  ];
}
