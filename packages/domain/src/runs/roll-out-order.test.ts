import { describe, expect, it } from 'vitest';
import type { PlannedWindow } from './plan-window.js';
import { firstReasons, outOfReach, rollOutOrder } from './roll-out-order.js';
import type { Candidate } from './roll-out-order.js';

const window = (startsAt: number, closesAt = startsAt + 100, heldBy: PlannedWindow['heldBy'] = null) => ({
  ...{ opensAt: startsAt, closesAt, startsAt, heldBy },
});
const host = (fqdn: string, given: Partial<Candidate> = {}): Candidate => ({
  ...{ fqdn, window: window(0), looksReady: true, ...given },
});
const names = (hosts: readonly Candidate[]) => hosts.map(({ fqdn }) => fqdn);

describe('the order of a roll-out', () => {
  it('takes the canary from hosts that look ready, then from those that start first, then by name', () => {
    const hosts = [
      host('ill', { looksReady: false }),
      host('0-late', { window: window(50) }),
      host('b'),
      host('a'),
      host('ill-too', { looksReady: false, window: window(50) }),
    ];
    expect(names(rollOutOrder(hosts, { canary: 5, batchSize: null }))).toEqual([
      'a',
      'b',
      '0-late',
      'ill',
      'ill-too',
    ]);
  });

  it('lets the rest go as they can start, those that look ready first', () => {
    const hosts = [
      host('late', { window: window(50) }),
      host('ill', { looksReady: false }),
      host('z'),
      host('b'),
      host('a'),
    ];
    const placed = rollOutOrder(hosts, { canary: 1, batchSize: 2 });
    expect(placed.map(({ fqdn, position, batch }) => [fqdn, position, batch])).toEqual([
      ['a', 0, 0],
      ['b', 1, 1],
      ['z', 2, 1],
      ['ill', 3, 2],
      ['late', 4, 2],
    ]);
  });

  it('has no canary where none is asked for', () => {
    expect(rollOutOrder([host('a')], { canary: 0, batchSize: null })).toMatchObject([
      { batch: 1, position: 0 },
    ]);
  });
});

describe('what windows make impossible', () => {
  const found = (hosts: Candidate[], canary: number) => {
    const late = outOfReach(rollOutOrder(hosts, { canary, batchSize: null }));
    return late && [late.canary.fqdn, names(late.hosts)];
  };
  const early = host('early', { looksReady: false, window: window(0, 50) });
  const early2 = host('early-2', { looksReady: false, window: window(0, 49) });

  it('is a host whose window has closed when the last of the canary begins', () => {
    const hosts = [early, early2, host('late', { window: window(50) }), host('soon', { window: window(10) })];
    expect(found(hosts, 2)).toEqual(['late', ['early', 'early-2']]);
  });

  it('is nothing where every host can have its turn, or without a canary', () => {
    expect(found([early, host('late', { window: window(49) })], 1)).toBeNull();
    expect(found([early, host('late', { window: window(50) })], 0)).toBeNull();
    expect(found([], 1)).toBeNull();
  });

  it('is no other host of the canary: nothing waits for its end but the rest', () => {
    expect(
      found([host('early', { window: window(0, 50) }), host('late', { window: window(50) })], 2),
    ).toBeNull();
  });
});

describe('the first reasons of runs', () => {
  const reasons = (hosts: Candidate[], canary: number, maxInFlight: number) =>
    firstReasons(rollOutOrder(hosts, { canary, batchSize: 2 }), { maxInFlight });

  it('are the windows of their hosts, then their batch, then the slots', () => {
    const hosts = [host('a'), host('b', { window: window(1, 9, 'blackout') }), host('c'), host('d')];
    expect(reasons(hosts, 0, 9)).toEqual([null, null, 'batch_wait', 'blackout']);
    expect(reasons(hosts, 1, 9)).toEqual([null, 'batch_wait', 'batch_wait', 'blackout']);
    expect(reasons(hosts.slice(0, 3), 0, 1)).toEqual([null, 'batch_wait', 'blackout']);
    expect(reasons([], 0, 1)).toEqual([]);
  });
});
