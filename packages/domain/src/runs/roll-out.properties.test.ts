import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchOf, pauseAfter, rollOutState } from './roll-out.js';
import type { RollOut } from './roll-out.js';
import { isInFlight } from './run.js';
import type { RunStatus } from './run.js';

type End = 'succeeded' | 'failed' | 'indeterminate' | 'cancelled';
interface Host {
  readonly batch: number;
  status: RunStatus;
  isReady: boolean;
  wasDispatched: boolean;
}

const jobs = fc.record({
  hosts: fc.integer({ min: 1, max: 12 }),
  canary: fc.integer({ min: 0, max: 2 }),
  batchSize: fc.option(fc.integer({ min: 1, max: 4 })),
  maxInFlight: fc.integer({ min: 1, max: 4 }),
  maxFailures: fc.integer({ min: 0, max: 2 }),
});
const moves = fc.array(
  fc.record({
    index: fc.nat({ max: 11 }),
    act: fc.oneof(
      { weight: 5, arbitrary: fc.constant('start' as const) },
      { weight: 4, arbitrary: fc.constant('end' as const) },
      { weight: 1, arbitrary: fc.constantFrom('resume' as const, 'wait' as const, 'close' as const) },
    ),
    end: fc.oneof(
      { weight: 3, arbitrary: fc.constant('succeeded' as const) },
      fc.constantFrom<End>('failed', 'indeterminate', 'cancelled'),
    ),
  }),
  { minLength: 30, maxLength: 90, size: 'max' },
);

test('a roll-out keeps its order, its slots and its budget, whatever its hosts do', () => {
  const seen = { canary_failed: 0, budget_spent: 0, refused: 0, started: 0 };
  fc.assert(
    fc.property(jobs, moves, ({ hosts: count, ...how }, steps) => {
      const hosts: Host[] = Array.from({ length: count }, (_, position) => ({
        ...{ batch: batchOf(position, how), status: 'queued', isReady: true, wasDispatched: false },
      }));
      let rollOut: RollOut = {
        ...{ isPaused: false, failuresAccepted: 0, isCanaryAccepted: false },
        ...{ maxInFlight: how.maxInFlight, maxFailures: how.maxFailures },
      };
      const failed = () =>
        hosts.filter(
          ({ status, wasDispatched }) => status === 'indeterminate' || (status === 'failed' && wasDispatched),
        ).length;
      for (const { index, act, end } of steps) {
        const host = hosts[index % count]!;
        const counts = () => hosts.map((each) => ({ ...each, count: 1 }));
        const inFlight = hosts.filter(({ status }) => isInFlight(status)).length;
        if (act === 'resume')
          rollOut = { ...rollOut, isPaused: false, isCanaryAccepted: true, failuresAccepted: failed() };
        if (act === 'wait' && host.status === 'queued') host.isReady = false;
        if (act === 'start' && host.status === 'queued') {
          const state = rollOutState(rollOut, counts());
          if (
            rollOut.isPaused ||
            host.batch > state.openBatch ||
            state.freeSlots === 0 ||
            !state.isWithinBudget
          ) {
            seen.refused += 1;
            continue;
          }
          seen.started += 1;
          expect(inFlight).toBeLessThan(how.maxInFlight);
          expect(failed() - rollOut.failuresAccepted).toBeLessThanOrEqual(how.maxFailures);
          const before = hosts.filter(({ batch }) => batch < host.batch);
          expect(
            before.every(({ status, isReady }) => !isInFlight(status) && !(status === 'queued' && isReady)),
          ).toBe(true);
          const canary = hosts.filter(({ batch }) => batch === 0);
          if (host.batch > 0 && !rollOut.isCanaryAccepted) {
            expect(canary.every(({ status }) => status === 'succeeded')).toBe(true);
          }
          if (host.batch > 0)
            expect(canary.some(({ status }) => status === 'queued' || isInFlight(status))).toBe(false);
          Object.assign(host, { status: 'running', wasDispatched: true });
        }
        const isEnding = act === 'end' && isInFlight(host.status);
        if (isEnding || (act === 'close' && host.status === 'queued')) {
          const status: End = isEnding ? end : 'failed';
          host.status = status;
          const pause = pauseAfter(rollOut, rollOutState(rollOut, counts()), { batch: host.batch, status });
          const isCanary = host.batch === 0 && status !== 'succeeded' && !rollOut.isCanaryAccepted;
          const isSpent = failed() - rollOut.failuresAccepted > how.maxFailures;
          expect(pause !== null).toBe(!rollOut.isPaused && (isCanary || isSpent));
          if (pause !== null) {
            seen[pause] += 1;
            rollOut = { ...rollOut, isPaused: true };
          }
        }
      }
    }),
    { numRuns: 1_000 },
  );
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
});

test('a roll-out whose hosts all succeed reaches its last one', () => {
  fc.assert(
    fc.property(jobs, ({ hosts: count, ...how }) => {
      const hosts: Host[] = Array.from({ length: count }, (_, position) => ({
        ...{ batch: batchOf(position, how), status: 'queued', isReady: true, wasDispatched: false },
      }));
      const rollOut: RollOut = {
        ...{ isPaused: false, failuresAccepted: 0, isCanaryAccepted: false },
        ...{ maxInFlight: how.maxInFlight, maxFailures: how.maxFailures },
      };
      for (let rounds = 0; hosts.some(({ status }) => status === 'queued'); rounds += 1) {
        expect(rounds).toBeLessThanOrEqual(count);
        const { openBatch, freeSlots } = rollOutState(
          rollOut,
          hosts.map((host) => ({ ...host, count: 1 })),
        );
        const next = hosts
          .filter(({ status, batch }) => status === 'queued' && batch <= openBatch)
          .slice(0, freeSlots);
        for (const host of next) host.status = 'succeeded';
      }
    }),
  );
});
