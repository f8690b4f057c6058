import { afterAll, beforeAll, expect, test } from 'vitest';
import { badNetwork, databaseKills, failpointKills, pauses, randomKills } from '../../faults/commands.mjs';
import { changes } from '../../faults/changed-server.mjs';
import { openInstallation } from '../../faults/installation.mjs';
import type { Installation } from '../../faults/installation.mjs';
import { report } from '../../faults/report.mjs';
import { face } from '../../faults/session.mjs';

/** All of them at once, over one installation: what `npm run faults` does one by one and for longer. */
const cycles = { failpoints: 50, randomKills: 20, databaseKills: 3, pauses: 10, networkFaults: 200 };
const hosts = 100;
const seed = Number(process.env.PATCHGATE_FAULTS_SEED ?? 1);

let installation: Installation;
let outcome: Awaited<ReturnType<typeof face>>;
beforeAll(async () => {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  installation = await openInstallation({ hosts, publicEvery: 5, isProxied: true });
  const storm: Parameters<typeof face>[1]['storm'] = async (weather) =>
    (
      await Promise.all([
        failpointKills(installation, { cycles: cycles.failpoints }, weather),
        randomKills(installation, { cycles: cycles.randomKills }, weather),
        databaseKills(installation, { cycles: cycles.databaseKills }, weather),
        pauses(installation, { cycles: cycles.pauses }, weather),
        badNetwork(installation, { cycles: cycles.networkFaults }, weather),
      ])
    ).flat();
  outcome = await face(
    installation,
    { seed, mostOpen: 30, changed: changes.quickLeases, patienceMs: 120_000, storm },
    print,
  );
  report(`all faults at once, seed ${seed}`, outcome.figures, print);
}, 900_000);
afterAll(() => installation.close());

const found = (kind: string) => outcome.violations.filter((violation) => violation.kind === kind);
const valueOf = (name: string) => Number(outcome.figures.find((figure) => figure.name === name)?.value);

test('no run that was accepted is lost: each ends', () => {
  expect([...found('lost'), ...found('not_ended')]).toEqual([]);
  expect(valueOf('runs succeeded')).toBeGreaterThan(hosts);
});

test('no package transaction is started twice, for a run or for a host in a job', () => {
  expect(found('started_twice')).toEqual([]);
  expect(valueOf('package transactions in the ledger')).toBeGreaterThan(hosts);
});

test('no run stands still without a reason, however many of its workers were killed or stopped in a row', () => {
  expect(found('stuck')).toEqual([]);
});

test('what the database says of each run the ledger of its host confirms', () => {
  expect(found('untrue')).toEqual([]);
});

test('no write that was acknowledged is lost, and PostgreSQL is used again within 10 s', () => {
  expect(valueOf('acknowledged writes lost')).toBe(0);
  expect(valueOf('longest until a write was acknowledged again, s')).toBeLessThanOrEqual(10);
});

test('all of it has happened', () => {
  expect(outcome.figures).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'times that PostgreSQL was killed or restarted',
        value: cycles.databaseKills,
      }),
      expect.objectContaining({ name: 'workers stopped for longer than their lease', value: cycles.pauses }),
    ]),
  );
  expect(valueOf('workers that killed themselves at a failpoint')).toBeGreaterThanOrEqual(cycles.failpoints);
  expect(valueOf('workers killed at random times')).toBeGreaterThanOrEqual(cycles.randomKills);
  expect(valueOf('faults of the network')).toBeGreaterThanOrEqual(cycles.networkFaults);
});
