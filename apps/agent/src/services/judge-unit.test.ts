import { describe, expect, test } from 'vitest';

import { isAbsent, isHealthy } from './judge-unit.js';
import type { Unit } from './unit-properties.js';
import { parseUnits } from './unit-properties.js';

const unit = (given: Partial<Unit>): Unit => ({
  ...{
    Id: 'nginx.service',
    Description: '',
    LoadState: 'loaded',
    ActiveState: 'active',
    SubState: 'running',
  },
  ...{ UnitFileState: 'enabled', MainPID: '7', Type: 'simple', RemainAfterExit: 'no', TriggeredBy: '' },
  ...given,
});
const socket = unit({ Id: 'cups.socket', SubState: 'listening' });
const timer = unit({ Id: 'cups.timer', SubState: 'waiting' });

describe('a unit', () => {
  test.each([
    ['that runs is healthy', {}, [], true],
    ['that reloads is healthy', { ActiveState: 'reloading', SubState: 'reload' }, [], true],
    ['that is stopped is not', { ActiveState: 'inactive', SubState: 'dead' }, [], false],
    ['that failed is not', { ActiveState: 'failed', SubState: 'failed' }, [], false],
    ['that still starts is not', { ActiveState: 'activating', SubState: 'start' }, [], false],
    ['that still stops is not', { ActiveState: 'deactivating', SubState: 'stop-sigterm' }, [], false],
    [
      'that keeps its success is healthy',
      { Type: 'oneshot', RemainAfterExit: 'yes', SubState: 'exited' },
      [],
      true,
    ],
    [
      'that did its work and ended is not',
      { Type: 'oneshot', ActiveState: 'inactive', SubState: 'dead' },
      [],
      false,
    ],
    ['that is masked is not', { LoadState: 'masked', ActiveState: 'active' }, [], false],
    ['that a socket stands in for is healthy', { ActiveState: 'inactive', SubState: 'dead' }, [socket], true],
    ['that failed behind its socket is not', { ActiveState: 'failed', SubState: 'failed' }, [socket], false],
    [
      'whose socket is stopped is not',
      { ActiveState: 'inactive' },
      [{ ...socket, ActiveState: 'inactive' }],
      false,
    ],
    ['that only a timer starts is not', { ActiveState: 'inactive', SubState: 'dead' }, [timer], false],
  ] as const)('%s', (_name, given, triggers, healthy) => {
    expect(isHealthy(unit(given), triggers)).toBe(healthy);
  });

  test('is absent when systemd has none that could be used', () => {
    const states = ['not-found', 'bad-setting', 'error', 'loaded', 'masked'];
    expect(states.map((LoadState) => isAbsent(unit({ LoadState })))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('is read from what systemctl shows, whatever stands in its description', () => {
    const [first, second] = parseUnits(
      'Id=a.service\nDescription=a = b=c\nMainPID=0\n\nId=a.socket\nActiveState=active\n',
    );
    expect(first).toMatchObject({ Id: 'a.service', Description: 'a = b=c', MainPID: '0', ActiveState: '' });
    expect(second).toMatchObject({ Id: 'a.socket', ActiveState: 'active' });
  });
});
