import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDispatch } from './dispatch.fixture.js';
import type { DispatchUnderTest } from './dispatch.fixture.js';

let it: DispatchUnderTest;
beforeAll(async () => {
  it = await openDispatch({ PATCHGATE_VERIFY_EVERY_SECONDS: '1' });
});
afterAll(() => it.close());

const dialects = [['ours'], ['public']] as const;
let hosts = 0;
const newHost = (dialect: 'ours' | 'public' = 'ours', script: object = {}) =>
  it.addHost(`d${(hosts += 1)}.example.org`, { dialect, script });

describe.each(dialects)('an agent of dialect %s', (dialect) => {
  test('is told once, and the run is followed to a success that its checks have confirmed', async () => {
    const host = await newHost(dialect);
    const id = await it.addRun({ hostId: host, checks: [await it.addCheck(host)] });
    expect(await it.step(id)).toMatchObject({ status: 'running', reason: null });
    const verifying = await it.until(id, 'verifying');
    expect(verifying).toMatchObject({ progress: 100, phase: 'ended' });
    const ended = await it.until(id, 'succeeded');
    expect(ended).toMatchObject({
      verification: 'verified',
      reboot: 'not_allowed',
      package_changes: [
        { name: 'openssl', wanted: '3.0.15-1', after: '3.0.15-1' },
        { name: 'tzdata', wanted: '2026b-0', after: '2026b-0' },
      ],
    });
    expect(it.deeds(host)).toHaveLength(1);
    expect(await it.log(id)).toEqual(
      expect.arrayContaining(['Reading package lists...', 'Processing triggers ...']),
    );
  });
});
