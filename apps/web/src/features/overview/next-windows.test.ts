import type { MaintenanceWindowView } from '@patchgate/contracts';
import { describe, expect, it } from 'vitest';
import { nextWindows } from './next-windows.js';

const now = Date.parse('2026-03-26T02:00:00.000Z');

/** Hours from now. */
const times = (opens: number, closes: number) => ({
  opens_at: new Date(now + opens * 3_600_000).toISOString(),
  closes_at: new Date(now + closes * 3_600_000).toISOString(),
  shift: 'none' as const,
  local_start: '2026-03-26T02:00',
});

const windowOf = (name: string, change: Partial<MaintenanceWindowView>): MaintenanceWindowView => ({
  ...{ id: name, name, kind: 'maintenance', time_zone: 'UTC', starts_at: '2026-03-26T02:00' },
  ...{ duration_minutes: 60, recurrence: { freq: 'daily' }, last_start_minutes: 0, enabled: true },
  ...{ host_id: null, group_id: name, scope_name: name, hosts: 3, fault: null, current: null, next: null },
  ...{ created_at: '2026-03-01T00:00:00.000Z', updated_at: '2026-03-01T00:00:00.000Z', ...change },
});

const namesOf = (windows: MaintenanceWindowView[]) => nextWindows(windows, now).map(({ name }) => name);

describe('the next windows', () => {
  it('are those that are open, the first to close first, and then those that come, the first to open first', () => {
    const windows = [
      windowOf('tomorrow', { next: times(24, 25) }),
      windowOf('long', { current: times(-1, 5), next: times(23, 29) }),
      windowOf('soon', { next: times(0.5, 1) }),
      windowOf('short', { current: times(-1, 1), next: times(23, 25) }),
    ];
    expect(namesOf(windows)).toEqual(['short', 'long', 'soon', 'tomorrow']);
  });

  it('leave out what never comes any more and what is switched off, and lead with what cannot be read', () => {
    const windows = [
      windowOf('over', {}),
      windowOf('off', { enabled: false, next: times(1, 2) }),
      windowOf('open', { current: times(-1, 1) }),
      windowOf('broken', { fault: 'time_zone: is not known', kind: 'blackout' }),
    ];
    expect(namesOf(windows)).toEqual(['broken', 'open']);
  });

  it('are by what is true now, not when they were told', () => {
    const windows = [
      windowOf('closed since', { current: times(-2, -0.5), next: times(22, 23) }),
      windowOf('opened since', { next: times(-0.1, 3) }),
    ];
    expect(namesOf(windows)).toEqual(['opened since', 'closed since']);
  });
});
