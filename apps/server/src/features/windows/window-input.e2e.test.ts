import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { newId } from '../../platform/ids/new-id.js';
import { issuesOf, nightly } from './windows.fixture.js';

let api: TestApi;
let groupId: string;
let hostId: string;
beforeAll(async () => {
  api = await startTestApi();
  const group = await api.admin.post('/groups', { name: 'prod-web' });
  const host = await api.admin.post('/hosts', { fqdn: 'web-01.example.org', address: '10.0.0.1' });
  [groupId, hostId] = [String(group.id), String(host.id)];
});
afterAll(() => api.close());

const refused = async (window: object, path = '/maintenance-windows') => {
  const reply = await api.admin.call(path, { method: 'POST', body: window });
  expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
  return issuesOf(reply);
};

describe('a wrong window is refused with an issue for each field', () => {
  it('that a schema can see', async () => {
    const issues = await refused({
      ...nightly,
      group_id: groupId,
      name: ' ',
      starts_at: 'tonight',
      duration_minutes: 0,
    });
    expect(Object.keys(issues).sort()).toEqual(['duration_minutes', 'name', 'starts_at']);
    expect(issues.starts_at).toBe(
      'expected a local date and time as YYYY-MM-DDTHH:mm, in the years 2000 to 2199',
    );
  });

  it('that only the calendar and the zones can tell', async () => {
    const issues = await refused({
      ...nightly,
      group_id: groupId,
      time_zone: 'Mars/Base',
      starts_at: '2026-02-30T02:00',
      last_start_minutes: 120,
    });
    expect(issues).toEqual({
      time_zone:
        '"Mars/Base" cannot be read: expected the IANA name of a time zone, such as Europe/Berlin or UTC',
      starts_at: expect.stringContaining('"2026-02-30T02:00" cannot be read') as string,
      last_start_minutes: '120 cannot be read: expected a whole number from 0 to 119',
    });
  });

  it('about how it recurs', async () => {
    const wrong = (recurrence: object) => refused({ ...nightly, group_id: groupId, recurrence });
    expect(await wrong({ freq: 'weekly', days: [] })).toHaveProperty(['recurrence.days']);
    expect(await wrong({ freq: 'monthly', on: 'day', day: 32 })).toHaveProperty(['recurrence.day']);
    expect(await wrong({ freq: 'yearly' })).toEqual({
      'recurrence.freq': 'expected freq: once, daily, weekly or monthly',
    });
  });

  it('about whose it is', async () => {
    const both = await refused({ ...nightly, group_id: groupId, host_id: hostId });
    expect(both).toHaveProperty('group_id');
    expect(await refused(nightly)).toHaveProperty('group_id');
    expect(await refused({ ...nightly, group_id: newId() })).toEqual({ group_id: 'there is no such group' });
    expect(await refused({ ...nightly, host_id: newId() })).toEqual({ host_id: 'there is no such host' });
  });

  it('also in a preview', async () => {
    const { name: _, ...schedule } = { ...nightly, time_zone: '+02:00' };
    expect(await refused(schedule, '/maintenance-windows/preview')).toHaveProperty('time_zone');
  });
});

describe('a preview', () => {
  const { name: _, ...schedule } = nightly;
  const preview = (body: object) => api.admin.post('/maintenance-windows/preview', { ...schedule, ...body });

  it('tells ten times, what the clocks do to them, and stores nothing', async () => {
    const { occurrences } = (await preview({ starts_at: '2199-03-28T02:30' })) as {
      occurrences: { shift: string }[];
    };
    expect(occurrences).toHaveLength(10);
    // The last Sunday of March.
    expect(occurrences.find(({ shift }) => shift === 'gap')).toMatchObject({
      opens_at: '2199-03-31T01:00:00.000Z',
      closes_at: '2199-03-31T03:00:00.000Z',
      local_start: '2199-03-31T02:30',
    });
    expect((await api.admin.ok('/maintenance-windows')).total).toBe(0);
  });

  it('names the months that lack the day', async () => {
    const body = { starts_at: '2199-01-01T02:00', recurrence: { freq: 'monthly', on: 'day', day: 31 } };
    expect(await preview(body)).toMatchObject({
      skipped_months: expect.arrayContaining(['2199-02']) as string[],
    });
  });

  it('of what is over is empty', async () => {
    expect(await preview({ starts_at: '2001-01-01T02:00', recurrence: { freq: 'once' } })).toEqual({
      occurrences: [],
      skipped_months: [],
    });
  });
});
