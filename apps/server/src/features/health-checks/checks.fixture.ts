import type { HealthCheckView } from '@patchgate/contracts';
import type { TestApi, TestCaller } from '../../api.fixture.js';

let hosts = 0;

/** A host of its own for a test, in the groups given. */
export async function addHost(api: TestApi, group_ids: readonly string[] = []): Promise<string> {
  hosts += 1;
  const fqdn = `host-${hosts}.example.org`;
  const address = `10.9.${Math.floor(hosts / 250)}.${(hosts % 250) + 1}`;
  const { id } = await api.admin.post('/hosts', { fqdn, address, group_ids });
  return id as string;
}

/** An operator who shares a group with nobody but the hosts put into it. */
export async function addOperator(
  api: TestApi,
  name: string,
): Promise<{ caller: TestCaller; groupId: string }> {
  const { id, caller } = await api.createUser(name, 'operator');
  const group = (await api.admin.post('/groups', { name: `group of ${name}` })) as { id: string };
  await api.admin.ok(`/groups/${group.id}/users/${id}`, { method: 'PUT' });
  return { caller, groupId: group.id };
}

export const add = async (caller: TestCaller, hostId: string, input: object): Promise<HealthCheckView> =>
  (await caller.post(`/hosts/${hostId}/health-checks`, input)) as unknown as HealthCheckView;

export const list = async (caller: TestCaller, hostId: string): Promise<HealthCheckView[]> =>
  (await caller.ok(`/hosts/${hostId}/health-checks`)).items as HealthCheckView[];

export const put = async (
  caller: TestCaller,
  { host_id, id }: HealthCheckView,
  body: object,
): Promise<HealthCheckView> =>
  (await caller.ok(`/hosts/${host_id}/health-checks/${id}`, {
    method: 'PUT',
    body,
  })) as unknown as HealthCheckView;

export const service = { name: 'nginx runs', check_type: 'service', service_name: 'nginx' };
export const web = {
  name: 'shop answers',
  check_type: 'http',
  url: 'https://10.20.4.17/health',
  expected_body: 'ready',
};
