import { describe, expect, test } from 'vitest';
import {
  closesAt,
  minute,
  nothing,
  opensAt,
  policy,
  reported,
  runIn,
  second,
  stepOf,
} from './run.fixture.js';

const now = opensAt + 30 * second;
const dispatched = { kind: 'ended', wasDispatched: true };
const acknowledged = { kind: 'acknowledge' };
const verifies = { status: 'verifying', nextStepAt: now, verifyUntil: now + policy.verifyMs };

describe('running', () => {
  const run = runIn('running');

  test('the packages are in place and nothing needs a reboot: the checks are looked at', () => {
    expect(stepOf(run, reported('succeeded'), now)).toEqual({
      changed: { ...verifies, reboot: 'not_needed' },
      effects: [acknowledged],
    });
  });

  test('an agent that does not say whether a reboot is needed needs none', () => {
    expect(stepOf(run, reported('succeeded', { rebootNeeded: null }), now).changed).toMatchObject({
      reboot: 'not_needed',
    });
  });

  test('a reboot is needed and allowed: it is ordered', () => {
    expect(stepOf(run, reported('succeeded', { rebootNeeded: true }), now)).toEqual({
      changed: {
        ...{ status: 'rebooting', reboot: 'pending', rebootUntil: now + policy.rebootMs },
        nextStepAt: now + policy.followMs,
      },
      effects: [{ kind: 'order_reboot' }],
    });
  });

  test('a reboot is needed and not allowed', () => {
    expect(stepOf(run, reported('succeeded', { rebootNeeded: true }), now, { allowReboot: false })).toEqual({
      changed: { ...verifies, reboot: 'not_allowed' },
      effects: [acknowledged],
    });
  });

  test('no reboot is ordered after the close, and one still pending is said', () => {
    const event = reported('succeeded', { rebootNeeded: true, note: 'restart it' });
    expect(stepOf(run, event, closesAt - 1).effects).toEqual([{ kind: 'order_reboot' }]);
    for (const unknown of [run, { ...run, windowClosesAt: null }]) {
      const { changed, effects } = stepOf(unknown, event, closesAt);
      expect(changed).toMatchObject({ status: 'verifying', reboot: 'pending', detail: 'restart it' });
      expect(effects).toEqual([acknowledged]);
    }
  });

  test('an agent that restarts its host by itself has been told already', () => {
    const event = reported('succeeded', { rebootNeeded: true, rebootsItself: true });
    expect(stepOf(run, event, now)).toEqual({
      changed: { ...verifies, reboot: 'pending' },
      effects: [acknowledged],
    });
  });

  test('the machine has started anew already', () => {
    const event = reported('succeeded', { rebootNeeded: true, hasRebooted: true });
    expect(stepOf(run, event, now)).toEqual({
      changed: { ...verifies, reboot: 'done' },
      effects: [acknowledged],
    });
  });

  test('whatever was said of it before is over', () => {
    const lost = runIn('running', { reason: 'agent_unreachable', detail: 'gone', unreachableSince: opensAt });
    expect(stepOf(lost, reported('succeeded'), now).changed).toEqual({
      ...{ ...verifies, reboot: 'not_needed', reason: null, detail: null, unreachableSince: null },
    });
  });

  test('without checks it has succeeded and is not verified', () => {
    expect(stepOf(run, reported('succeeded', { hasChecks: false, note: 'all new' }), now)).toEqual({
      changed: {
        ...{ status: 'succeeded', reason: 'no_checks', detail: 'all new', verification: 'none' },
        ...{ reboot: 'not_needed', nextStepAt: null, endedAt: now },
      },
      effects: [acknowledged, dispatched],
    });
  });
});

describe('rebooting', () => {
  const run = runIn('rebooting', {
    ...{ reason: 'agent_unreachable', detail: 'no route', unreachableSince: opensAt },
  });
  const until = run.rebootUntil!;
  const clear = { reason: null, detail: null, unreachableSince: null };

  test('it has started anew: the checks are looked at', () => {
    expect(stepOf(run, reported('succeeded', { hasRebooted: true }), now)).toEqual({
      changed: { ...verifies, ...clear, reboot: 'done' },
      effects: [acknowledged],
    });
  });

  test('without checks it has succeeded', () => {
    const event = reported('succeeded', { hasRebooted: true, hasChecks: false });
    expect(stepOf(run, event, now).changed).toMatchObject({
      status: 'succeeded',
      reason: 'no_checks',
      detail: null,
    });
  });

  test.each([
    ['it has succeeded on the same boot', reported('succeeded')],
    ['it has started anew and is not through', reported('rebooting', { hasRebooted: true })],
    ['it is too late to restart and it is not through', reported('running', { isRebootOff: true })],
    ['it may restart still', reported('succeeded', { isRebootOff: false })],
  ])('%s: it waits, and is reached again', (_name, event) => {
    expect(stepOf(run, event, until - 1)).toEqual({
      changed: { ...clear, nextStepAt: until - 1 + policy.followMs },
      effects: [],
    });
    expect(stepOf(run, event, until)).toEqual({
      changed: {
        ...{ status: 'failed', reason: 'reboot_timeout', detail: 'the machine has not restarted in time' },
        ...{ unreachableSince: null, nextStepAt: null, endedAt: until },
      },
      effects: [dispatched],
    });
  });

  test('it is too late to restart: the checks are looked at, and the reboot is pending', () => {
    expect(stepOf(run, reported('succeeded', { isRebootOff: true, note: 'too late' }), until)).toEqual({
      changed: {
        ...{ status: 'verifying', nextStepAt: until, verifyUntil: until + policy.verifyMs },
        ...{ ...clear, detail: 'too late' },
      },
      effects: [acknowledged],
    });
  });

  test('nothing is said of a reboot that is off', () => {
    const { changed } = stepOf(run, reported('succeeded', { isRebootOff: true }), now);
    expect(changed.detail).toBeNull();
  });

  test('the agent says that it failed after all', () => {
    expect(stepOf(run, reported('failed', { error: 'half way' }), until)).toEqual({
      changed: {
        ...{ status: 'failed', reason: 'patch_failed', detail: 'half way', unreachableSince: null },
        ...{ nextStepAt: null, endedAt: until },
      },
      effects: [acknowledged, dispatched],
    });
  });

  test('a machine that restarts does not answer; one that has had its time has failed', () => {
    const silence = { kind: 'agent_silent', detail: 'refused' } as const;
    const { changed } = stepOf(run, silence, until - 1);
    expect(changed).toEqual({ detail: 'refused', nextStepAt: until - 1 + policy.mostFollowMs });
    expect(stepOf(run, silence, until)).toEqual({
      changed: {
        ...{ status: 'failed', reason: 'reboot_timeout', detail: 'refused', unreachableSince: null },
        ...{ nextStepAt: null, endedAt: until },
      },
      effects: [dispatched],
    });
  });

  test('one that was given no time has had it', () => {
    const timeless = { ...run, rebootUntil: null };
    expect(stepOf(timeless, reported('rebooting'), now).changed).toMatchObject({ reason: 'reboot_timeout' });
  });

  test('nobody can tell what became of it', () => {
    const { changed } = stepOf(run, { kind: 'outcome_lost', detail: 'no memory' }, now);
    expect(changed).toMatchObject({
      status: 'indeterminate',
      reason: 'unknown_outcome',
      detail: 'no memory',
    });
  });

  test.each([
    { kind: 'cancel_requested' },
    { kind: 'order_accepted' },
    { kind: 'order_refused', isRetryable: true, reason: 'agent_busy', detail: '' },
    { kind: 'verified', verification: 'verified', detail: null },
  ] as const)('the packages are done, so that $kind changes nothing', (event) => {
    expect(stepOf(run, event, now)).toEqual(nothing);
  });
});

describe('verifying', () => {
  const run = runIn('verifying');

  test('there is time, and something to wait for', () => {
    expect(stepOf(run, { kind: 'verified', verification: null, detail: 'db: 500' }, now)).toEqual({
      changed: { detail: 'db: 500', nextStepAt: now + policy.verifyEveryMs },
      effects: [],
    });
  });

  test.each([
    ['verified', 'succeeded', null],
    ['pre_existing', 'succeeded', null],
    ['none', 'succeeded', 'no_checks'],
    ['regressed', 'failed', 'regressed'],
  ] as const)('its checks are %s: it has %s', (verification, status, reason) => {
    const hasWords = { ...run, reason: 'agent_unreachable' } as const;
    expect(stepOf(hasWords, { kind: 'verified', verification, detail: 'so' }, now + minute)).toEqual({
      changed: {
        ...{ status, detail: 'so', verification, nextStepAt: null, endedAt: now + minute },
        reason,
      },
      effects: [dispatched],
    });
  });

  test.each([
    { kind: 'cancel_requested' },
    { kind: 'agent_silent', detail: '' },
    reported('failed'),
    { kind: 'outcome_lost', detail: '' },
    { kind: 'order_accepted' },
  ] as const)('$kind has nothing to say any more', (event) => {
    expect(stepOf(run, event, now)).toEqual(nothing);
  });
});
