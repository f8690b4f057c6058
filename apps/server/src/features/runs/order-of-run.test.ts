import { runOrder } from '@patchgate/contracts/agent';
import { describe, expect, it } from 'vitest';
import { orderFor, orderOfRun } from './order-of-run.js';
import type { PendingPatch, Selection } from './order-of-run.js';

const patch = (name: string, security: boolean | null = false): PendingPatch => ({
  ...{ name, currentVersion: '1.0', availableVersion: '1.1', security },
});
const pending = [patch('tzdata'), patch('openssl', true), patch('curl', true)];
const order = (selection: Selection['selection'], changes: Partial<Selection> = {}): Selection => ({
  ...{ selection, packages: null, exclude: [] },
  ...changes,
});
const namesOf = (job: Selection, of: readonly PendingPatch[] | null = pending) => {
  const resolved = orderOfRun(job, of);
  return resolved.kind === 'upgrade' ? resolved.packages : resolved.kind;
};

describe('what a job means for a host', () => {
  it('is everything, as the host itself sees it, also when nothing is known of it', () => {
    expect([namesOf(order('all')), namesOf(order('all'), null), namesOf(order('all'), [])]).toEqual([
      ...[null, null, null],
    ]);
  });

  it('is everything but what is excluded, by name', () => {
    expect(namesOf(order('all', { exclude: ['curl'] }))).toEqual(['openssl', 'tzdata']);
  });

  it('is what is about security', () => {
    expect(namesOf(order('security', { exclude: ['curl'] }))).toEqual(['openssl']);
  });

  it('is what is named and pending: a package that is not installed is never ordered', () => {
    expect(namesOf(order('named', { packages: ['tzdata', 'netcat'], exclude: [] }))).toEqual(['tzdata']);
  });

  it('can be nothing, and never is everything then', () => {
    expect([
      namesOf(order('all', { exclude: ['curl', 'openssl', 'tzdata'] })),
      namesOf(order('security'), [patch('tzdata')]),
      namesOf(order('named', { packages: ['nginx'] })),
    ]).toEqual(['nothing_to_do', 'nothing_to_do', 'nothing_to_do']);
  });

  it('is not guessed where the agent does not say what is about security', () => {
    const resolved = orderOfRun(order('security'), [patch('linux-image', null)]);
    expect(resolved).toMatchObject({ kind: 'cannot_tell', isRetryable: false });
    expect(orderOfRun(order('security'), null)).toMatchObject({ kind: 'cannot_tell', isRetryable: true });
  });

  it('comes with the versions before and wanted', () => {
    expect(orderOfRun(order('named', { packages: ['curl'] }), pending)).toMatchObject({
      changes: [{ name: 'curl', before: '1.0', wanted: '1.1', after: null }],
    });
  });
});

describe('an order', () => {
  const now = new Date('2026-03-26T01:00:00.000Z');
  const windowClosesAt = new Date('2026-03-26T03:00:00.000Z');
  const given = {
    ...{ packages: ['curl', 'openssl'], allowReboot: true, fence: 3, agentEpoch: 'e-1', windowClosesAt, now },
  };

  it('fits the contract and ends with the window', () => {
    expect(runOrder.parse(orderFor(given))).toMatchObject({
      ...{ not_after: windowClosesAt.toISOString(), reboot_not_after: windowClosesAt.toISOString() },
      ...{ valid_for_ms: 7_200_000, fence: 3, agent_epoch: 'e-1' },
    });
    expect(orderFor({ ...given, allowReboot: false }).reboot_not_after).toBeNull();
  });

  it('is the same for the agent whoever sends it, and whenever', () => {
    const later = orderFor({ ...given, fence: 9, now: new Date('2026-03-26T02:59:59.000Z') });
    expect(later.payload_sha256).toBe(orderFor(given).payload_sha256);
    expect(orderFor({ ...given, packages: null }).payload_sha256).not.toBe(later.payload_sha256);
  });
});
