import { windowInput } from '@patchgate/contracts';
import type { WindowInput } from '@patchgate/contracts';
import type { DemoGroupName } from './demo-host.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const berlin = { time_zone: 'Europe/Berlin', recurrence: { freq: 'daily' } } as const;

/** Windows of which one is open whenever the demo is started, and the others are tonight's. */
export function demoWindows(now: Date, groupIds: Readonly<Record<DemoGroupName, string>>): WindowInput[] {
  const utc = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  const opened = Math.floor((now.getTime() - hourMs) / hourMs) * hourMs;
  const firstDay = utc(now.getTime() - 39 * dayMs).slice(0, 10);
  return [
    windowInput.parse({
      ...{ name: 'Web, every day', group_id: groupIds['Web'], time_zone: 'UTC' },
      ...{ starts_at: utc(opened - 39 * dayMs), duration_minutes: 6 * 60, last_start_minutes: 15 },
      recurrence: { freq: 'daily' },
    }),
    windowInput.parse({
      ...{ name: 'Apps, late evening', group_id: groupIds.Apps, ...berlin },
      ...{ starts_at: `${firstDay}T23:00`, duration_minutes: 90, last_start_minutes: 20 },
    }),
    windowInput.parse({
      ...{ name: 'Databases, at night', group_id: groupIds.Databases, ...berlin },
      ...{ starts_at: `${firstDay}T01:00`, duration_minutes: 120, last_start_minutes: 30 },
    }),
    windowInput.parse({
      ...{ name: 'Edge, before work', group_id: groupIds['Edge'], time_zone: 'Europe/London' },
      ...{ starts_at: `${firstDay}T05:00`, duration_minutes: 60 },
      recurrence: { freq: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    }),
    windowInput.parse({
      ...{ name: 'Stocktaking', kind: 'blackout', group_id: groupIds.Databases, time_zone: 'Europe/Berlin' },
      ...{ starts_at: `${utc(now.getTime() + 3 * dayMs).slice(0, 10)}T18:00`, duration_minutes: 36 * 60 },
      recurrence: { freq: 'once' },
    }),
  ];
}
