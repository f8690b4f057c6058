import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { opensAt, runIn } from './run.fixture.js';
import { policies, stories, windowEnds } from './run-story.fixture.js';
import type { Moment } from './run-story.fixture.js';
import type { RunEvent, Transition } from './run-event.js';
import { isInFlight, isTerminal, isUndispatched } from './run.js';
import type { Run, RunPolicy } from './run.js';
import { transition } from './transition.js';

interface Told extends Transition {
  readonly before: Run;
  readonly event: RunEvent;
  readonly now: number;
}

/** What becomes of a run, step by step. */
function tell(
  moments: readonly Moment[],
  policy: RunPolicy,
  closesInMs: number | null,
): { steps: Told[]; last: Run; now: number } {
  let run = runIn('queued', { windowClosesAt: closesInMs === null ? null : opensAt + closesInMs });
  let now = opensAt;
  const steps: Told[] = [];
  for (const { waitMs, event } of moments) {
    now += waitMs;
    if (event === 'resolve') {
      if (run.status === 'indeterminate') run = { ...run, isResolved: true };
      continue;
    }
    const step = { before: run, event: event(now, run), now };
    const after = transition(run, step.event, policy, now);
    steps.push({ ...step, ...after });
    run = after.run;
  }
  return { steps, last: run, now };
}

function always(holds: (step: Told, policy: RunPolicy) => void, numRuns = 300): void {
  fc.assert(
    fc.property(stories, policies, windowEnds, (moments, policy, closesInMs) => {
      for (const step of tell(moments, policy, closesInMs).steps) holds(step, policy);
    }),
    { numRuns },
  );
}

const isEnd = ({ status }: Run): boolean => isTerminal(status) || status === 'indeterminate';
const isStart = ({ before, run }: Told): boolean =>
  isUndispatched(before.status) && run.status === 'dispatching';

describe('whatever happens to a run', () => {
  test('the stories reach every status, so that what follows says something', () => {
    const seen = new Set<string>();
    always(({ run }) => seen.add(run.status), 2000);
    expect(seen.size).toBe(10);
  });

  test('what has ended stays as it is; an unknown outcome changes once, and not after a person resolved it', () => {
    always(({ before, run, effects, event, now }) => {
      if (isTerminal(before.status) || before.isResolved) {
        expect(run).toBe(before);
        expect(effects).toEqual([]);
      } else if (before.status === 'indeterminate' && run.status !== 'indeterminate') {
        expect(isTerminal(run.status)).toBe(true);
        expect(event.kind).toBe('agent_reported');
        expect(run.endedAt).toBe(now);
      }
    });
  });

  test('nothing starts but by an attempt that opens the gate, with nothing in the way and within its window', () => {
    always((step) => {
      const { before, event, effects, now } = step;
      expect(effects.some(({ kind }) => kind === 'send_order')).toBe(isStart(step));
      if (!isStart(step)) return;
      if (event.kind !== 'attempted') throw new Error(`started by ${event.kind}`);
      const { outcome, conditions } = event;
      const isOpen = outcome === 'pass' || (outcome === 'no_checks' && conditions.noChecks === 'open');
      expect(isOpen || conditions.isOverridden).toBe(true);
      expect(conditions).toMatchObject({
        ...{ isPaused: false, isCancelRequested: false, isAllowed: true, isItsTurn: true, hasSlot: true },
        ...{ isWithinBudget: true, window: { kind: 'open' } },
      });
      if (conditions.window.kind !== 'open') throw new Error('started outside of a window');
      // A late green is one that is known only when the window is over.
      expect(now).toBeLessThan(conditions.window.closesAt);
      if (before.windowClosesAt !== null) expect(now).toBeLessThan(before.windowClosesAt);
      expect(effects).toContainEqual({
        ...{ kind: 'record_attempt', outcome: isOpen ? outcome : 'overridden', heldBy: null },
      });
    }, 1000);
  });

  test('a gate that opens with nothing in the way does start it', () => {
    let starts = 0;
    always((step) => {
      const { before, event, now } = step;
      if (event.kind !== 'attempted' || !isUndispatched(before.status)) return;
      const { outcome, conditions } = event;
      const { isPaused, isCancelRequested, isAllowed, isItsTurn, hasSlot, isWithinBudget } = conditions;
      if (outcome !== 'pass' || isPaused || isCancelRequested || conditions.window.kind !== 'open') return;
      if (!isAllowed || !isItsTurn || !hasSlot || !isWithinBudget) return;
      if (now >= Math.min(conditions.window.closesAt, before.windowClosesAt ?? Infinity)) return;
      expect(isStart(step)).toBe(true);
      starts += 1;
    });
    expect(starts).toBeGreaterThan(50);
  });

  test('attempts only grow, and each leaves its evidence', () => {
    always(({ before, run, effects }) => {
      const grown = run.attempts - before.attempts;
      expect([0, 1]).toContain(grown);
      const recorded = effects.filter((effect) => effect.kind === 'record_attempt');
      expect(recorded).toHaveLength(grown);
      if (recorded[0]) expect(recorded[0].outcome).toBe(run.lastOutcome);
    });
  });

  test('the gate is asked again in its interval, from the start of the attempt', () => {
    always(({ event, run }, { retryMs, jitterMs }) => {
      if (event.kind !== 'attempted' && event.kind !== 'attempt_broke') return;
      if (
        run.status !== 'waiting_health_check' ||
        !['check_failed', 'check_error', 'no_checks'].includes(run.reason ?? '')
      )
        return;
      if (event.kind === 'attempted' && run.lastOutcome !== event.outcome) return;
      expect(run.nextAttemptAt).toBe(event.startedAt + retryMs + jitterMs);
    });
  });

  test('it is due at its gate or at its agent, never at both, and under way it is never forgotten', () => {
    always(({ run }) => {
      if (run.nextAttemptAt !== null) expect(isUndispatched(run.status)).toBe(true);
      if (run.nextStepAt !== null)
        expect(isInFlight(run.status) || run.status === 'indeterminate').toBe(true);
      if (isInFlight(run.status)) expect(run.nextStepAt).not.toBeNull();
      if (run.status === 'verifying') expect(run.verifyUntil).not.toBeNull();
      if (run.status === 'rebooting') expect(run.rebootUntil).not.toBeNull();
    });
  });

  test('it never goes back to its gate, but where its agent has refused the order', () => {
    always(({ before, run, event }) => {
      if (!isUndispatched(run.status) || isUndispatched(before.status)) return;
      expect(before.status).toBe('dispatching');
      expect(event).toMatchObject({ kind: 'order_refused', isRetryable: true });
      expect(run).toMatchObject({ dispatchedAt: null, acceptedAt: null, unreachableSince: null });
    });
  });

  test('no reboot is ordered after the close, nor where none is allowed', () => {
    let ordered = 0;
    always(({ run, effects, now }, { allowReboot }) => {
      if (!effects.some(({ kind }) => kind === 'order_reboot')) return;
      ordered += 1;
      expect(allowReboot).toBe(true);
      expect(run).toMatchObject({ status: 'rebooting', reboot: 'pending' });
      expect(now).toBeLessThan(run.windowClosesAt ?? 0);
      // A story in eighty comes so far.
    }, 4000);
    expect(ordered).toBeGreaterThan(5);
  });

  test('its end is said once, with whether it was dispatched', () => {
    always(({ before, run, effects, now }) => {
      expect(run.endedAt !== null).toBe(isEnd(run));
      const ends = effects.filter((effect) => effect.kind === 'ended');
      expect(ends).toHaveLength(isEnd(run) && run.status !== before.status ? 1 : 0);
      if (!ends[0]) return;
      expect(run.endedAt).toBe(now);
      expect(ends[0].wasDispatched).toBe(run.dispatchedAt !== null);
      expect(run.unreachableSince).toBeNull();
    });
  });

  test('in the end it comes to an end, under whatever agent and by the clock alone', () => {
    fc.assert(
      fc.property(stories, policies, windowEnds, fc.boolean(), (moments, policy, closesInMs, speaks) => {
        const told = tell(moments, policy, closesInMs);
        let { last: run, now } = told;
        const lasts = policy.mostRunMs + policy.graceMs + policy.rebootMs + policy.verifyMs;
        const horizon =
          Math.max(now, run.windowClosesAt ?? now) + lasts + 5 * (policy.mostFollowMs + policy.verifyEveryMs);
        for (let looks = 0; !isEnd(run) && now <= horizon; looks += 1) {
          expect(looks).toBeLessThan(10_000);
          now = Math.max(
            now,
            isUndispatched(run.status) ? (run.windowClosesAt ?? now) : (run.nextStepAt ?? horizon + 1),
          );
          run = transition(run, fairly(run, speaks, now), policy, now).run;
        }
        expect(isEnd(run)).toBe(true);
      }),
    );
  });
});

/** What a worker that goes on looking finds: an agent that does not speak, or one that is for ever at work. */
function fairly(run: Run, speaks: boolean, now: number): RunEvent {
  if (isUndispatched(run.status)) return { kind: 'window_closed', reason: 'outside_window' };
  if (run.status === 'verifying') {
    const isOver = now >= (run.verifyUntil ?? now);
    return { kind: 'verified', verification: isOver ? 'regressed' : null, detail: null };
  }
  if (!speaks) return { kind: 'agent_silent', detail: 'no route' };
  const report = { error: null, rebootNeeded: null, hasRebooted: false, rebootsItself: true };
  return { kind: 'agent_reported', hasChecks: true, report: { ...report, state: 'running' } };
}
