import type { RunDetailView } from '@patchgate/contracts';
import { describe, expect, test } from 'vitest';
import { noteOf } from './note-words.js';

const at = '2026-03-26T01:00:00.000Z';
const run = (changed: Partial<RunDetailView>): RunDetailView =>
  ({
    ...{
      status: 'waiting_health_check',
      reason: null,
      detail: null,
      cancel_requested_at: null,
      override: null,
    },
    ...{ resolution: null, verification: null, reboot: null, overran_by_seconds: null, checks: [] },
    actors: { cancelled_by: null },
    ...changed,
  }) as RunDetailView;
const check = (verdict: 'pass' | 'fail') => ({ verdict }) as RunDetailView['gate']['checks'][number];
const pair = (before: 'pass' | 'fail', after: 'pass' | 'fail') => ({
  ...{ check_id: '', name: '', before: check(before), after: check(after) },
});

describe('what is said first of a run', () => {
  test('is nothing where a failing check says it all', () => {
    expect(noteOf(run({ reason: 'check_failed' }), false)).toBeNull();
  });

  test('is why it is held, what happens next and what to do', () => {
    const note = noteOf(run({ reason: 'agent_busy', detail: 'dpkg is locked' }), false);
    expect(note?.lead).toBe('Agent busy.');
    expect(note?.rest).toMatch(/^dpkg is locked\. It is asked again .* See what else installs packages/);
  });

  test('is the pause of the job, before a reason of the host', () => {
    expect(noteOf(run({ reason: 'agent_busy' }), true)?.lead).toBe('The job is paused.');
  });

  test('is who overrode the gate and why', () => {
    const override = { by: 'Anna', reason: 'The shop is in maintenance', at };
    expect(noteOf(run({ override }), false)).toMatchObject({
      ...{ lead: 'Anna has overridden the gate.', rest: 'The shop is in maintenance.' },
    });
  });

  test('is that a stop was asked for, whose end the agent decides', () => {
    expect(noteOf(run({ status: 'running', cancel_requested_at: at }), false)?.rest).toMatch(
      /answer decides/,
    );
  });

  test('of a regression is how many checks did not return', () => {
    const checks = [pair('pass', 'fail'), pair('pass', 'pass'), pair('fail', 'fail')];
    const note = noteOf(run({ status: 'failed', reason: 'regressed', checks }), false);
    expect(note).toMatchObject({
      ...{ tone: 'bad', lead: '1 of 3 checks was healthy before the patch and is not after it.' },
    });
  });

  test('of a failure is what it means, what is true now and what to do', () => {
    const note = noteOf(run({ status: 'failed', reason: 'gate_window_closed' }), false);
    expect(note?.rest).toMatch(/The host was not touched\. Repair what/);
  });

  test('of a success without checks is that nobody verified it', () => {
    expect(noteOf(run({ status: 'succeeded', verification: 'none' }), false)?.lead).toMatch(/not verified/);
    expect(noteOf(run({ status: 'succeeded', verification: 'verified' }), false)).toBeNull();
  });

  test('of an outcome somebody decided is who did, and why', () => {
    const resolution = { outcome: 'failed' as const, by: 'Anna', reason: 'dpkg was never started', at };
    expect(noteOf(run({ status: 'indeterminate', resolution }), false)?.lead).toBe(
      'Anna says that it failed.',
    );
  });
});
