import { randomBytes } from 'node:crypto';
import {
  enrollmentEndpoints,
  enrollmentTokenEndpoints,
  groupEndpoints,
  hostEndpoints,
  maintenanceWindowEndpoints,
  userEndpoints,
} from '@patchgate/contracts';
import type {
  BodyOf,
  Endpoint,
  GroupView,
  HostView,
  MaintenanceWindowView,
  RequestOf,
  ResponseOf,
  UserView,
} from '@patchgate/contracts';
import { unique, uniqueAddress } from './names.js';

interface RequestParts {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

/** Calls the real API with a token, so that a test can lay out hosts and people without clicking each. */
export class Api {
  constructor(
    private readonly origin: string,
    private readonly token: string,
  ) {}

  async call<E extends Endpoint>(endpoint: E, request: RequestOf<E>): Promise<ResponseOf<E>> {
    const { params = {}, query = {}, body } = request as RequestParts;
    const filled = endpoint.path.replace(/:(\w+)/g, (_match, name: string) => params[name] ?? '');
    const path = `${filled}?${new URLSearchParams(query).toString()}`;
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method: endpoint.method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'x-patchgate-request': '1',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${endpoint.method} ${path}: ${response.status} ${text}`);
    if (endpoint.response === null) return undefined as ResponseOf<E>;
    return endpoint.response.parse(JSON.parse(text)) as ResponseOf<E>;
  }

  host(fqdn: string, address: string, groupIds: string[] = []): Promise<HostView> {
    return this.call(hostEndpoints.create, { body: { fqdn, address, group_ids: groupIds } });
  }

  list(q: string): Promise<ResponseOf<typeof hostEndpoints.list>> {
    return this.call(hostEndpoints.list, { query: { q } });
  }

  group(name: string, description = ''): Promise<GroupView> {
    return this.call(groupEndpoints.create, { body: { name, description } });
  }

  /** Every day from midnight in UTC for two hours, unless told otherwise. */
  window(
    given: Partial<BodyOf<typeof maintenanceWindowEndpoints.create>> & { name: string },
  ): Promise<MaintenanceWindowView> {
    const nightly = { time_zone: 'UTC', starts_at: '2026-01-01T00:00', duration_minutes: 120 };
    return this.call(maintenanceWindowEndpoints.create, {
      body: { ...nightly, recurrence: { freq: 'daily' }, ...given },
    });
  }

  user(username: string, role: 'admin' | 'operator' | 'viewer', password: string): Promise<UserView> {
    return this.call(userEndpoints.create, { body: { username, display_name: username, role, password } });
  }

  async hostsInto(groupId: string, hostIds: string[]): Promise<void> {
    await this.call(groupEndpoints.addHosts, { params: { id: groupId }, body: { host_ids: hostIds } });
  }

  async join(groupId: string, userId: string): Promise<void> {
    await this.call(groupEndpoints.addUser, { params: { id: groupId, user_id: userId } });
  }

  enrolmentToken(groupId?: string): Promise<ResponseOf<typeof enrollmentTokenEndpoints.create>> {
    return this.call(enrollmentTokenEndpoints.create, { body: { group_id: groupId ?? null } });
  }

  /**
   * Asks as an agent does, of a machine that nobody knows yet; with a token, because those without are few by the minute.
   *
   * @returns the token to ask with what became of it
   */
  async enrol(
    machine: Partial<BodyOf<typeof enrollmentEndpoints.request>>,
    groupId?: string,
  ): Promise<string> {
    const { token } = await this.enrolmentToken(groupId);
    const body = {
      machine_id: randomBytes(16).toString('hex'),
      fqdn: `${unique('agent')}.example.org`,
      ip_address: uniqueAddress(),
      os_details: { name: 'debian', version: '12', kernel: '6.1.0-30-amd64' },
      token,
      ...machine,
    };
    return (await this.call(enrollmentEndpoints.request, { body })).polling_token;
  }
}
