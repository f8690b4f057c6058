import type { GateAttemptView, LogLineView, RunDetailView } from '@patchgate/contracts';

type CheckView = GateAttemptView['checks'][number];

/** A run that has ended, as its worker would have left it. */
export interface FinishedRun {
  readonly run_id: string;
  readonly status: 'succeeded' | 'failed';
  readonly reason: 'gate_window_closed' | null;
  readonly detail: string | null;
  readonly attempt: number;
  readonly last_attempt_at: Date;
  readonly last_outcome: 'pass' | 'fail';
  readonly dispatched_at: Date | null;
  readonly package_changes: RunDetailView['packages'];
  readonly progress: number | null;
  readonly reboot: 'not_needed' | null;
  readonly verification: 'verified' | null;
  readonly verification_checks: readonly object[];
  readonly ended_at: Date;
  readonly attempts: readonly { attempt: number; at: Date; outcome: 'pass' | 'fail'; checks: CheckView[] }[];
  readonly log: readonly LogLineView[];
}

interface Watched {
  readonly id: string;
  readonly name: string;
  readonly latencyMs: number;
  /** What the gate found wrong with it. */
  readonly failure?: Pick<CheckView, 'reason' | 'detail'>;
}

interface Finished {
  readonly runId: string;
  /** When the gate was asked first. */
  readonly at: Date;
  readonly checks: readonly Watched[];
  readonly packages: RunDetailView['packages'];
}

const minuteMs = 60_000;
const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const viewOf = ({ id, name, latencyMs, failure }: Watched, at: Date): CheckView => ({
  ...{ check_id: id, name, latency_ms: latencyMs, checked_at: at.toISOString() },
  ...(failure ? { verdict: 'fail', ...failure } : { verdict: 'pass', reason: 'ok', detail: '' }),
});

/** One that found its gate open, patched, and saw its checks come back. */
export function succeededRun({ runId, at, checks, packages }: Finished): FinishedRun {
  const dispatched = after(at, 1_000);
  const ended = after(at, 3 * minuteMs);
  const found = checks.map((check) => viewOf(check, at));
  return {
    ...{ run_id: runId, status: 'succeeded', reason: null, detail: null },
    ...{ attempt: 1, last_attempt_at: at, last_outcome: 'pass', dispatched_at: dispatched },
    ...{ package_changes: packages, progress: 100, reboot: 'not_needed', verification: 'verified' },
    verification_checks: found.map((before, index) => ({
      ...{ check_id: before.check_id, name: before.name, before, passes: 2, is_gone: false },
      after: checks[index] && viewOf(checks[index], ended),
    })),
    ended_at: ended,
    attempts: [{ attempt: 1, at, outcome: 'pass', checks: found }],
    log: logOf(packages, dispatched),
  };
}

/** One whose checks never came right until its window closed. */
export function heldUpRun({ runId, at, checks }: Finished, closesAt: Date): FinishedRun {
  const everyMs = 15 * minuteMs;
  const count = Math.floor((closesAt.getTime() - at.getTime()) / everyMs);
  const attempts = Array.from({ length: count }, (_, n) => {
    const asked = after(at, n * everyMs);
    const found = checks.map((check) => viewOf(check, asked));
    return { attempt: n + 1, at: asked, outcome: 'fail' as const, checks: found };
  });
  const words = checks.flatMap(({ name, failure }) => (failure ? [`${name}: ${failure.detail}`] : []));
  return {
    ...{ run_id: runId, status: 'failed', reason: 'gate_window_closed', detail: words.join('; ') },
    ...{ attempt: count, last_attempt_at: attempts.at(-1)?.at ?? at, last_outcome: 'fail' },
    ...{ dispatched_at: null, package_changes: [], progress: null, reboot: null, verification: null },
    ...{ verification_checks: [], ended_at: closesAt, attempts, log: [] },
  };
}

function logOf(packages: Finished['packages'], at: Date): LogLineView[] {
  const names = packages.map(({ name }) => name).join(' ');
  const said = [
    'Reading package lists...',
    `The following packages will be upgraded: ${names}`,
    ...packages.map(({ name, before, wanted }) => `Unpacking ${name} (${wanted}) over (${before}) ...`),
    ...packages.map(({ name, wanted }) => `Setting up ${name} (${wanted}) ...`),
  ];
  return said.map((line, index) => ({
    ...{ seq: index + 1, at: after(at, index * 2_500).toISOString(), source: 'agent', line },
  }));
}
