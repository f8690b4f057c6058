import type { GateAttemptView, LogLineView, RunDetailView, RunView } from '@patchgate/contracts';

type Check = GateAttemptView['checks'][number];

/** What a run of the fixture is like; instants are minutes before the present, those to come are negative. */
export interface SeededState {
  readonly status: RunView['status'];
  readonly reason: RunView['reason'];
  readonly detail?: string;
  /** Outcomes at the gate, the first first; one every five minutes. */
  readonly outcomes?: readonly GateAttemptView['outcome'][];
  readonly nextAttemptIn?: number;
  readonly dispatchedAgo?: number;
  readonly endedAgo?: number;
  readonly progress?: number;
  readonly phase?: string;
  readonly reboot?: NonNullable<RunDetailView['reboot']>;
  readonly verification?: NonNullable<RunView['verification']>;
  readonly isOverridden?: boolean;
  readonly isCancelRequested?: boolean;
  readonly isUnreachable?: boolean;
  readonly resolved?: 'succeeded' | 'failed';
  readonly overranBySeconds?: number;
}

const patched = { dispatchedAgo: 22, endedAgo: 9, reboot: 'not_needed' } as const;
const waiting = { status: 'waiting_health_check', outcomes: ['fail', 'error', 'fail'] } as const;

/** Every state a run can be in, and the ends it can come to, by names for tests. */
export const seededStates = {
  queued: { status: 'queued', reason: 'outside_window', nextAttemptIn: 45 },
  batch_wait: { status: 'queued', reason: 'batch_wait', outcomes: ['pass'] },
  blackout: { status: 'queued', reason: 'blackout', nextAttemptIn: 30 },
  waiting: {
    ...{ ...waiting, reason: 'check_failed', detail: 'Storefront answers: status 503', nextAttemptIn: 3 },
  },
  waiting_overridden: {
    ...{ ...waiting, reason: 'check_failed', detail: 'Storefront answers: status 503', nextAttemptIn: 0 },
    isOverridden: true,
  },
  check_error: {
    ...{ status: 'waiting_health_check', reason: 'check_error', outcomes: ['error'], nextAttemptIn: 4 },
    detail: 'Storefront answers: the agent cannot be reached',
  },
  dispatching: { status: 'dispatching', reason: null, outcomes: ['pass'], dispatchedAgo: 0 },
  running: {
    ...{ status: 'running', reason: null, outcomes: ['fail', 'pass'], dispatchedAgo: 4 },
    ...{ progress: 62, phase: 'upgrade' },
  },
  unreachable: {
    ...{ status: 'running', reason: 'agent_unreachable', detail: 'connect ETIMEDOUT', outcomes: ['pass'] },
    ...{ dispatchedAgo: 12, progress: 40, isUnreachable: true },
  },
  rebooting: { status: 'rebooting', reason: null, outcomes: ['pass'], dispatchedAgo: 9, reboot: 'pending' },
  verifying: {
    ...{ status: 'verifying', reason: null, outcomes: ['pass'], dispatchedAgo: 11, progress: 100 },
    reboot: 'not_needed',
  },
  succeeded: {
    ...{ status: 'succeeded', reason: null, outcomes: ['fail', 'pass'], verification: 'verified' },
    ...{ ...patched, progress: 100 },
  },
  not_verified: {
    ...{ status: 'succeeded', reason: 'no_checks', outcomes: ['no_checks'], verification: 'none' },
    ...{ ...patched, progress: 100 },
  },
  regressed: {
    ...{
      status: 'failed',
      reason: 'regressed',
      outcomes: ['pass'],
      verification: 'regressed',
      progress: 100,
    },
    ...{ ...patched, detail: 'Storefront answers: status 502' },
  },
  patch_failed: {
    ...{ status: 'failed', reason: 'patch_failed', outcomes: ['pass'], ...patched, progress: 71 },
    detail: 'E: Sub-process /usr/bin/dpkg returned an error code (1)',
  },
  gate_window_closed: {
    ...{ status: 'failed', reason: 'gate_window_closed', outcomes: ['fail', 'fail', 'fail'], endedAgo: 2 },
    detail: 'Storefront answers: status 503',
  },
  deadline_passed: { status: 'failed', reason: 'deadline_passed', endedAgo: 2 },
  cancelled: { status: 'cancelled', reason: 'cancelled', endedAgo: 6, isCancelRequested: true },
  indeterminate: {
    ...{ status: 'indeterminate', reason: 'unknown_outcome', outcomes: ['pass'], dispatchedAgo: 95 },
    ...{ endedAgo: 30, detail: 'the agent has lost its memory of the run' },
  },
  resolved: {
    ...{ status: 'indeterminate', reason: 'unknown_outcome', outcomes: ['pass'], dispatchedAgo: 95 },
    ...{ endedAgo: 30, resolved: 'failed', detail: 'the agent has lost its memory of the run' },
  },
} as const satisfies Record<string, SeededState>;
export type SeededStateName = keyof typeof seededStates;

const minuteMs = 60_000;

/** The checks of one attempt with an outcome: one passes whatever becomes of the other. */
export function seededChecks(
  [storefront = '', php = '']: readonly string[],
  outcome: GateAttemptView['outcome'],
  at: Date,
): Check[] {
  if (outcome === 'no_checks') return [];
  const red = { reason: 'status', detail: 'status 503', latency_ms: 388 } as const;
  const green = { verdict: 'pass', reason: 'ok', detail: '', latency_ms: 41 } as const;
  const silent = { verdict: 'error', reason: 'agent_unreachable', latency_ms: 0 } as const;
  const checked_at = new Date(at.getTime() + 400).toISOString();
  const found = (): Pick<Check, 'verdict' | 'reason' | 'detail' | 'latency_ms'> => {
    if (outcome === 'fail' || outcome === 'overridden') return { verdict: 'fail', ...red };
    return outcome === 'error' ? { ...silent, detail: 'the agent cannot be reached' } : green;
  };
  return [
    { check_id: storefront, name: 'Storefront answers', ...found(), checked_at },
    { check_id: php, name: 'PHP pool', ...green, checked_at },
  ];
}

/** Packages before and after, as the state has come. */
export function seededPackages({ status, dispatchedAgo }: SeededState): RunDetailView['packages'] {
  if (dispatchedAgo === undefined) return [];
  const isDone = status === 'succeeded' || status === 'verifying' || status === 'rebooting';
  return [
    { name: 'openssl', before: '3.0.17-1~deb12u2', wanted: '3.0.18-1~deb12u1' },
    { name: 'libssl3', before: '3.0.17-1~deb12u2', wanted: '3.0.18-1~deb12u1' },
    { name: 'nginx', before: '1.22.1-9+deb12u1', wanted: '1.22.1-9+deb12u2' },
  ].map((change) => ({ ...change, after: isDone ? change.wanted : null }));
}

const words = [
  'Reading package lists...',
  'Building dependency tree...',
  'The following packages will be upgraded: libssl3 nginx openssl',
  'Unpacking openssl (3.0.18-1~deb12u1) over (3.0.17-1~deb12u2) ...',
  'Setting up libssl3:amd64 (3.0.18-1~deb12u1) ...',
  'Setting up nginx (1.22.1-9+deb12u2) ...',
];

/** The log of a run that was dispatched: what we did, then what its agent said. */
export function seededLog({ dispatchedAgo, reason }: SeededState, now: Date): LogLineView[] {
  if (dispatchedAgo === undefined) return [];
  const beganMs = now.getTime() - dispatchedAgo * minuteMs;
  const said = words.map((line) => ({ source: 'agent' as const, line }));
  const failed = { source: 'agent' as const, line: 'dpkg: error processing package nginx (--configure):' };
  const lines = [
    { source: 'manager' as const, line: 'order sent' },
    ...said,
    ...(reason === 'patch_failed' ? [failed] : []),
  ];
  return lines.map((line, index) => ({
    seq: index + 1,
    at: new Date(beganMs + index * 900).toISOString(),
    ...line,
  }));
}
