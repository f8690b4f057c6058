import { describe, expect, it } from 'vitest';
import { blackoutRule, utc, windowRule } from '../windows/rules.fixture.js';
import { planWindow, replanWindow } from './plan-window.js';

/** 01:00 to 03:00 in UTC in winter. */
const nightly = windowRule();
const blackout = (startsAt: string, durationMinutes: number) =>
  blackoutRule({ startsAt, durationMinutes, recurrence: { freq: 'once' } });
const inWindow = { kind: 'window' } as const;
const tonight = { opensAt: utc('2026-01-10T01:00'), closesAt: utc('2026-01-10T03:00') };
const tomorrow = { opensAt: utc('2026-01-11T01:00'), closesAt: utc('2026-01-11T03:00') };

describe('the window of a host in a job that starts in windows', () => {
  const planned = (rules: Parameters<typeof planWindow>[0], now: string) =>
    planWindow(rules, inWindow, utc(now));

  it('is the one that is open', () => {
    const now = utc('2026-01-10T01:30');
    expect(planned([nightly], '2026-01-10T01:30')).toEqual({ ...tonight, startsAt: now, heldBy: null });
  });

  it('is else the next one', () => {
    expect(planned([nightly], '2026-01-09T12:00')).toEqual({
      ...{ ...tonight, startsAt: tonight.opensAt, heldBy: 'outside_window' },
    });
  });

  it('is none without rules', () => {
    expect(planned([], '2026-01-09T12:00')).toBeNull();
  });

  it('is the next one when nothing is started any more in the one that is open', () => {
    const careful = windowRule({ lastStartMinutes: 60 });
    expect(planned([careful], '2026-01-10T02:30')).toMatchObject({ ...tomorrow, heldBy: 'outside_window' });
  });

  it('is the one that is open when something can be started later in it', () => {
    const early = windowRule({ lastStartMinutes: 90 });
    const late = windowRule({
      id: '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c61',
      startsAt: '2026-01-01T03:00',
      durationMinutes: 60,
    });
    expect(planned([early, late], '2026-01-10T01:45')).toEqual({
      ...{ ...tonight, startsAt: utc('2026-01-10T02:00'), heldBy: 'outside_window' },
    });
  });

  it('is held by a blackout that leaves something of it', () => {
    const rules = [nightly, blackout('2026-01-10T02:15', 60)];
    expect(planned(rules, '2026-01-10T01:30')).toEqual({
      ...{ ...tonight, startsAt: utc('2026-01-10T02:15'), heldBy: 'blackout' },
    });
  });

  it('is the next one when a blackout leaves nothing but its last minutes', () => {
    const rules = [windowRule({ lastStartMinutes: 60 }), blackout('2026-01-10T02:15', 75)];
    expect(planned(rules, '2026-01-10T01:30')).toMatchObject({ ...tomorrow, heldBy: 'outside_window' });
  });
});

describe('the window of a host in a job that starts now', () => {
  const now = utc('2026-01-10T12:00');
  const deadlineAt = utc('2026-01-10T13:00');
  const planned = (rules: Parameters<typeof planWindow>[0]) =>
    planWindow(rules, { kind: 'now', deadlineAt }, now);

  it('is the time to its deadline, whatever maintenance windows it has', () => {
    const whole = { opensAt: now, closesAt: deadlineAt, startsAt: now, heldBy: null };
    expect(planned([])).toEqual(whole);
    expect(planned([nightly])).toEqual(whole);
  });

  it('is held by a blackout, and is none when that lasts as long', () => {
    expect(planned([blackout('2026-01-10T12:30', 60)])).toEqual({
      ...{ opensAt: now, closesAt: deadlineAt, startsAt: utc('2026-01-10T12:30'), heldBy: 'blackout' },
    });
    expect(planned([blackout('2026-01-10T12:30', 90)])).toBeNull();
  });
});

describe('a window that was planned, after rules have changed', () => {
  const replanned = (rules: Parameters<typeof replanWindow>[1], now: string, planned = tonight) =>
    replanWindow(planned, rules, utc(now));

  it('is kept where the rules say the same', () => {
    expect(replanned([nightly], '2026-01-09T12:00')).toEqual({ kind: 'keep' });
    expect(replanned([nightly], '2026-01-10T01:30')).toEqual({ kind: 'keep' });
  });

  it('is moved while it is to come, also to one that is open already', () => {
    const later = windowRule({ startsAt: '2026-01-01T04:00' });
    expect(replanned([later], '2026-01-09T12:00')).toEqual({
      ...{ kind: 'move', opensAt: utc('2026-01-10T03:00'), closesAt: utc('2026-01-10T05:00') },
    });
    const noon = windowRule({ startsAt: '2026-01-01T12:00' });
    expect(replanned([noon], '2026-01-09T11:30')).toEqual({
      ...{ kind: 'move', opensAt: utc('2026-01-09T11:00'), closesAt: utc('2026-01-09T13:00') },
    });
  });

  it('closes now when it was to come and there is no other', () => {
    expect(replanned([], '2026-01-09T12:00')).toEqual({ kind: 'close', reason: 'no_window' });
  });

  it('grows and shrinks while it is open', () => {
    const shorter = windowRule({ durationMinutes: 60 });
    expect(replanned([shorter], '2026-01-10T01:30')).toEqual({
      ...{ kind: 'move', opensAt: tonight.opensAt, closesAt: utc('2026-01-10T02:00') },
    });
  });

  it('closes now when it was open and is taken away, and never moves on to a later one', () => {
    expect(replanned([], '2026-01-10T01:30')).toEqual({ kind: 'close', reason: 'outside_window' });
    const later = windowRule({ startsAt: '2026-01-01T04:00' });
    expect(replanned([later], '2026-01-10T01:30')).toEqual({ kind: 'close', reason: 'outside_window' });
  });

  it('is open from its first instant', () => {
    const later = windowRule({ startsAt: '2026-01-01T04:00' });
    expect(replanned([later], '2026-01-10T01:00')).toEqual({ kind: 'close', reason: 'outside_window' });
  });

  it('is moved when its start alone has changed', () => {
    const shorter = windowRule({ startsAt: '2026-01-01T03:00', durationMinutes: 60 });
    expect(replanned([shorter], '2026-01-09T12:00')).toEqual({
      ...{ kind: 'move', opensAt: utc('2026-01-10T02:00'), closesAt: tonight.closesAt },
    });
  });

  it('is left alone after its close', () => {
    expect(replanned([], '2026-01-10T03:00')).toEqual({ kind: 'keep' });
  });
});
