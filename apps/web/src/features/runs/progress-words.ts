import type { RunDetailView } from '@patchgate/contracts';
import { formatDuration } from '../../lib/times.js';

interface ProgressWords {
  title: string;
  /** What it waits for, and since when. */
  text: string;
}

/** Without a new line for longer than this, it is said since when. */
const quietMs = 120_000;

type Progressing = Pick<
  RunDetailView,
  | 'status'
  | 'dispatched_at'
  | 'ended_at'
  | 'phase'
  | 'unreachable_since'
  | 'verify_until'
  | 'overran_by_seconds'
>;

/**
 * How far the work at the agent has come. Nothing goes on for ever in silence: what makes no progress says since when and
 * what it waits for.
 *
 * @param lastLineAt when the log grew last, in milliseconds since 1970; null while it is empty or not known
 */
export function progressWords(
  run: Progressing,
  lastLineAt: number | null,
  nowMs: number,
): ProgressWords | null {
  const since = run.dispatched_at === null ? '' : formatDuration(nowMs - Date.parse(run.dispatched_at));
  switch (run.status) {
    case 'dispatching':
      return {
        title: 'Ordering the patch',
        text: `Sent ${since} ago; waiting for the agent to accept the order.`,
      };
    case 'running':
      return { title: 'Installing packages', text: runningWords(run, since, lastLineAt, nowMs) };
    case 'rebooting':
      return {
        title: 'Rebooting',
        text: `Waiting for the host to come back from its reboot; ordered ${since} ago in all.`,
      };
    case 'verifying':
      return { title: 'Verifying', text: verifyingWords(run, nowMs) };
    case 'queued':
    case 'waiting_health_check':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'indeterminate':
      return null;
  }
}

function runningWords(run: Progressing, since: string, lastLineAt: number | null, nowMs: number): string {
  if (run.unreachable_since !== null) {
    const silent = formatDuration(nowMs - Date.parse(run.unreachable_since));
    return `The agent has not answered for ${silent}. It is asked again and again, and the patch goes on without us; if it stays silent for too long, the outcome counts as unknown.`;
  }
  const quiet = lastLineAt === null ? 0 : nowMs - lastLineAt;
  const silence = quiet > quietMs ? ` Nothing new in the log for ${formatDuration(quiet)}.` : '';
  return `At work for ${since}${run.phase === null ? '' : `, ${run.phase}`}.${silence}`;
}

function verifyingWords({ verify_until: until }: Progressing, nowMs: number): string {
  const left = until === null ? null : Date.parse(until) - nowMs;
  if (left === null) return 'Each check that passed before must pass twice in a row.';
  return left <= 0
    ? `The time for the checks to come back ended ${formatDuration(-left)} ago; waiting for the verdict.`
    : `Each check that passed before must pass twice in a row within ${formatDuration(left)}.`;
}
