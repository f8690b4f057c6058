import { checkInput } from '@patchgate/contracts';
import { randomBytes } from 'node:crypto';
import type { Caller } from '../../platform/http/caller.js';
import { datePresent, makeRoom } from './demo-facts.repository.js';
import { demoGroups } from './demo-host.js';
import type { DemoGroupName, DemoPorts } from './demo-host.js';
import { demoJobs } from './demo-jobs.js';
import type { LaidOutHost } from './demo-jobs.js';
import { callerOf, demoPeople } from './demo-people.js';
import type { DemoServices } from './demo-services.js';
import { demoWindows } from './demo-windows.js';
import { edgeHosts } from './edge-hosts.js';
import { applicationHosts, databaseHosts } from './inner-hosts.js';
import { enrol } from './enrol-demo-host.js';
import type { EnrolledHost } from './enrol-demo-host.js';
import { measuredPast } from './measured-past.js';
import { orderDemoJob } from './order-demo-job.js';
import { webHosts } from './web-hosts.js';

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;

export interface LaidOutDemo {
  readonly hosts: readonly EnrolledHost[];
  /** PEM of the authority that the manager's certificates come from. */
  readonly authority: string;
}

/**
 * Lays the demo out in an empty database as people would have in six weeks: through the services, with their rules and
 * their entries in the trail, on a clock that is turned back.
 */
export async function layOutDemo(
  services: DemoServices,
  { admin, ports }: { admin: { username: string; password: string }; ports: DemoPorts },
): Promise<LaidOutDemo> {
  const { clock, authority } = services;
  const now = clock.now();
  // Beside all else: it takes as long as that does, and nothing before the results needs it.
  const room = makeRoom(
    services.dataSource.manager,
    new Date(now.getTime() - 96 * hourMs),
    new Date(now.getTime() + hourMs),
  );
  clock.goBack(42 * dayMs);
  await authority.ensure();
  const callers = await people(services, admin);
  const { demo } = callers;
  clock.goBack(41 * dayMs);
  const groupIds = await groups(services, demo);
  clock.goBack(40 * dayMs);
  const plan = [...webHosts(ports), ...applicationHosts(ports), ...databaseHosts(ports), ...edgeHosts(ports)];
  const hosts: EnrolledHost[] = [];
  for (const host of plan)
    hosts.push(await enrol(services, demo, { host, ports, groupId: groupIds[host.group] }));
  clock.goBack(39 * dayMs);
  const checked = await addChecks(services, demo, hosts);
  await addPeople(services, demo, { groupIds, ids: callers.ids });
  clock.goBack(38 * dayMs);
  await addWindows(services, demo, groupIds);
  clock.goBack(0);
  await room;
  await measure(services, checked);
  for (const job of demoJobs(checked)) await orderDemoJob(services, callers[job.by], { job, hosts: checked });
  await datePresent(services.dataSource.manager);
  return { hosts, authority: await authority.certificate() };
}

async function people(
  { setup, users, unitOfWork }: DemoServices,
  admin: { username: string; password: string },
) {
  await setup.createUnattended(admin);
  const { id } = await users.getByName(admin.username);
  const demo = callerOf(id, admin.username);
  // One for all of them, for it takes long by intention, and nobody is told it.
  const passwordHash = await users.acceptPassword('password', randomBytes(24).toString('base64url'), []);
  const made: [string, string][] = [];
  for (const { username, display_name: displayName, role } of demoPeople) {
    const person = { username, displayName, role, passwordHash };
    made.push([username, (await unitOfWork.run(demo, (tx) => users.insert(tx, person))).id]);
  }
  const ids: Readonly<Record<string, string>> = Object.fromEntries(made);
  return { demo, omar: callerOf(ids.omar ?? id, 'omar'), ids };
}

async function groups({ groups: service }: DemoServices, caller: Caller) {
  const made: [string, string][] = [];
  for (const [name, description] of Object.entries(demoGroups))
    made.push([name, (await service.create(caller, { name, description })).id]);
  return Object.fromEntries(made) as Record<DemoGroupName, string>;
}

async function addPeople(
  { groups: service }: DemoServices,
  caller: Caller,
  given: { groupIds: Record<DemoGroupName, string>; ids: Readonly<Record<string, string>> },
): Promise<void> {
  for (const { username, groups: names } of demoPeople)
    for (const name of names) await service.addUser(caller, given.groupIds[name], given.ids[username] ?? '');
}

async function addChecks(
  { checks: service }: DemoServices,
  caller: Caller,
  hosts: readonly EnrolledHost[],
): Promise<LaidOutHost[]> {
  const made: LaidOutHost[] = [];
  for (const { id, plan } of hosts) {
    const checks: LaidOutHost['checks'][number][] = [];
    for (const check of plan.checks) {
      const saved = await service.create(caller, id, checkInput.parse(check.input));
      checks.push({ ...check, id: saved.id, hostId: id, revision: saved.revision });
    }
    made.push({ ...plan, id, checks });
  }
  return made;
}

async function addWindows(
  { windows, clock }: DemoServices,
  caller: Caller,
  groupIds: Record<DemoGroupName, string>,
): Promise<void> {
  const agoMs = 38 * dayMs;
  const now = new Date(clock.now().getTime() + agoMs);
  for (const window of demoWindows(now, groupIds)) await windows.create(caller, window);
}

/** As one transaction: either the demo has a past or none. */
async function measure({ dataSource, recorder, clock }: DemoServices, hosts: readonly LaidOutHost[]) {
  const results = measuredPast(
    hosts.flatMap(({ checks }) => checks),
    clock.now(),
  );
  await dataSource.transaction((db) => recorder.record(db, results));
}
