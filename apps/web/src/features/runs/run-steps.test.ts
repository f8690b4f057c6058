import type { RunDetailView } from '@patchgate/contracts';
import { expect, test } from 'vitest';
import { stepsOf } from './run-steps.js';

const steps = (run: Partial<RunDetailView>): string[] =>
  stepsOf({
    ...{ status: 'queued', reason: null, dispatched_at: null, reboot: null, verification: null },
    ...run,
  }).map(({ name, phase, state, note }) => `${note ?? name}: ${phase}${state === null ? '' : ` ${state}`}`);
const dispatched_at = '2026-03-26T01:10:08.000Z';

test('a run at the gate has everything ahead', () => {
  expect(steps({ status: 'waiting_health_check' })).toEqual([
    ...['Gate: now waiting', 'Dispatch: ahead', 'Patch: ahead', 'Reboot: ahead', 'Verify: ahead'],
  ]);
});

test('a run that verifies says whether its host was rebooted', () => {
  const verifying = { status: 'verifying', dispatched_at } as const;
  expect(steps({ ...verifying, reboot: 'done' }).slice(3)).toEqual([
    'Reboot: done succeeded',
    'Verify: now verifying',
  ]);
  expect(steps({ ...verifying, reboot: 'not_needed' })[3]).toBe('No reboot: done none');
  expect(steps({ ...verifying, reboot: 'not_allowed' })[3]).toBe('Reboot not allowed: done none');
});

test.each([
  ['gate_window_closed', null, 0],
  ['agent_refused', dispatched_at, 1],
  ['patch_failed', dispatched_at, 2],
  ['reboot_timeout', dispatched_at, 3],
  ['regressed', dispatched_at, 4],
] as const)('a run that failed with %s ended in its step', (reason, at, index) => {
  const shown = stepsOf({ status: 'failed', reason, dispatched_at: at, reboot: 'done', verification: null });
  expect(shown.map(({ phase }) => phase)).toEqual(
    shown.map((_, at2) => (at2 < index ? 'done' : at2 === index ? 'ended' : 'ahead')),
  );
  expect(shown[index]?.state).toBe('failed');
});

test('a success without checks is not called verified', () => {
  expect(steps({ status: 'succeeded', dispatched_at, verification: 'none' })[4]).toBe(
    'Not verified: done notVerified',
  );
  expect(steps({ status: 'succeeded', dispatched_at, verification: 'verified' })[4]).toBe(
    'Verify: done succeeded',
  );
});

test('a skipped run ended at its gate, one cancelled at its agent in the patch', () => {
  expect(steps({ status: 'cancelled' })[0]).toBe('Gate: ended skipped');
  expect(steps({ status: 'cancelled', dispatched_at })[2]).toBe('Patch: ended skipped');
});
