import type { EnrollmentView } from '@patchgate/contracts';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Reply, TestApi } from '../../api.fixture.js';
import { TestCaller } from '../../api.fixture.js';
import { makeRequest } from '../pki/requests.fixture.js';

let machines = 0;

/** What an agent of a machine that no other test has seen says of itself. */
export function newMachine(): Record<string, unknown> & {
  fqdn: string;
  ip_address: string;
  machine_id: string;
} {
  machines += 1;
  return {
    machine_id: randomBytes(16).toString('hex'),
    fqdn: `machine-${machines}.example.org`,
    ip_address: `10.77.${Math.floor(machines / 200)}.${(machines % 200) + 1}`,
    os_details: { name: 'debian', version: '12', kernel: '6.1.0-30-amd64', secrets: { nested: ['ignored'] } },
  };
}

/** What an agent needs of the manager: no cookie, no header of ours. */
export class TestAgent {
  private readonly caller: TestCaller;

  constructor(private readonly api: TestApi) {
    this.caller = new TestCaller(api.url, { 'x-patchgate-request': '' });
  }

  enroll(body: object): Promise<Reply> {
    return this.caller.call('/enroll', { method: 'POST', body });
  }

  async enrolled(body: object): Promise<string> {
    const reply = await this.enroll(body);
    if (reply.status !== 202) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    return String(reply.body.polling_token);
  }

  status(pollingToken: string): Promise<Reply['body']> {
    return this.caller.ok(`/enroll/status/${pollingToken}`);
  }

  /** With a token, because those without one are few by the minute. */
  async waiting(body: object = newMachine()): Promise<{ pollingToken: string; request: EnrollmentView }> {
    const { token } = await newToken(this.api);
    const pollingToken = await this.enrolled({ ...body, token });
    const { fqdn } = body as { fqdn: string };
    const request = (await listWaiting(this.api)).find((one) => one.fqdn === fqdn);
    if (!request) throw new Error(`${fqdn} does not wait`);
    return { pollingToken, request };
  }

  /** One of ours, whose key stays where it is. */
  async waitingWithRequest(machine: object = newMachine()) {
    const { csr, keys } = await makeRequest();
    return { ...(await this.waiting({ ...machine, csr, agent_version: '0.1.0' })), keys };
  }
}

export async function newToken(api: TestApi, groupId: string | null = null) {
  const made = await api.admin.post('/admin/enrollment-tokens', { group_id: groupId });
  return made as { id: string; token: string; command: string | null; expires_at: string };
}

export async function listWaiting(api: TestApi): Promise<EnrollmentView[]> {
  const { items } = await api.admin.ok('/admin/enrollments?limit=200');
  return items as EnrollmentView[];
}

export const approve = (api: TestApi, id: string, groupIds: string[] = []) =>
  api.admin.post(`/admin/enrollments/${id}/approve`, { group_ids: groupIds });

export async function trailOf(api: TestApi, objectId: string): Promise<string[]> {
  const { items } = (await api.admin.ok(`/audit-log?object_id=${objectId}&limit=200`)) as {
    items: { action: string }[];
  };
  return items.map(({ action }) => action).reverse();
}

/** Straight at the tables, as their owner. */
export async function onTables<T>(api: TestApi, work: (sql: Client) => Promise<T>): Promise<T> {
  const sql = new Client(api.database.adminUrl);
  await sql.connect();
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
