import type { Installation } from './installation.js';

/** Who a principal is; undefined is a stranger. */
export type Viewer = string | undefined;

interface Rows {
  users: { id: string; username: string; display_name: string; role: string; disabled: boolean }[];
  groups: { id: string; name: string }[];
  hosts: { id: string; fqdn: string }[];
  checks: { id: string; host_id: string; name: string }[];
  patches: { host_id: string; name: string }[];
  windows: { id: string; host_id: string | null; group_id: string | null; name: string }[];
  group_users: { group_id: string; user_id: string }[];
  group_hosts: { group_id: string; host_id: string }[];
  sessions: { id: string; user_id: string }[];
  api_tokens: { id: string; user_id: string; name: string }[];
  enrollments: { id: string; fqdn: string }[];
  jobs: { id: string; name: string; packages: string[]; people: (string | null)[] }[];
  runs: { id: string; job_id: string; host_id: string; people: (string | null)[]; checks: string[] }[];
  /** Of tables whose rows administrators see alone. */
  administered: { id: string }[];
}

/** Tables whose rows belong to nobody: what is shown of them is for all, or is never shown. */
const impersonalTables = ['pki_authorities', 'workers'];
/** Rows that only administrators are told of. A request to enrol has the id of the host it may become. */
const administeredTables = ['agent_certificates', 'enrollment_tokens'];
const judgedTables = [
  ...['users', 'groups', 'hosts', 'host_health_checks', 'sessions', 'api_tokens', 'enrollment_requests'],
  'maintenance_windows',
  ...['patch_jobs', 'patch_job_hosts'],
  ...administeredTables,
];
const shortestName = 6;
/**
 * A job without a name gets one made of what is ordered, and two of a day have the same: it tells nothing, whatever else
 * somebody has called so.
 */
const isMadeOfOrder = /, \d{4}-\d\d-\d\d( \(again\))*$/;

const statement = `SELECT json_build_object(
  'users', (SELECT COALESCE(json_agg(json_build_object('id', id, 'username', username, 'display_name', display_name,
    'role', role, 'disabled', disabled_at IS NOT NULL)), '[]') FROM users),
  'groups', (SELECT COALESCE(json_agg(json_build_object('id', id, 'name', name)), '[]') FROM groups),
  'hosts', (SELECT COALESCE(json_agg(json_build_object('id', id, 'fqdn', fqdn)), '[]') FROM hosts),
  'checks', (SELECT COALESCE(json_agg(json_build_object('id', id, 'host_id', host_id, 'name', name)), '[]')
    FROM host_health_checks),
  'patches', (SELECT COALESCE(json_agg(json_build_object('host_id', host_id, 'name', name)), '[]') FROM host_patches),
  'windows', (SELECT COALESCE(json_agg(json_build_object('id', id, 'host_id', host_id, 'group_id', group_id, 'name', name)),
    '[]') FROM maintenance_windows),
  'group_users', (SELECT COALESCE(json_agg(g), '[]') FROM group_users g),
  'group_hosts', (SELECT COALESCE(json_agg(g), '[]') FROM group_hosts g),
  'sessions', (SELECT COALESCE(json_agg(json_build_object('id', id, 'user_id', user_id)), '[]') FROM sessions),
  'api_tokens', (SELECT COALESCE(json_agg(json_build_object('id', id, 'user_id', user_id, 'name', name)), '[]')
    FROM api_tokens),
  'enrollments', (SELECT COALESCE(json_agg(json_build_object('id', id, 'fqdn', fqdn)), '[]') FROM enrollment_requests),
  'jobs', (SELECT COALESCE(json_agg(json_build_object('id', id, 'name', name, 'people', ARRAY[created_by, paused_by],
    'packages', COALESCE(packages, '{}') || exclude)), '[]') FROM patch_jobs),
  'runs', (SELECT COALESCE(json_agg(json_build_object('id', id, 'job_id', job_id, 'host_id', host_id,
    'people', ARRAY[cancel_requested_by, override_by, resolved_by],
    'checks', ARRAY(SELECT DISTINCT k.name FROM gate_attempt_checks k WHERE k.run_id = r.id))), '[]')
    FROM patch_job_hosts r),
  'administered', (SELECT COALESCE(json_agg(json_build_object('id', id)), '[]')
    FROM (${administeredTables.map((table) => `SELECT id FROM ${table}`).join(' UNION ALL ')}) a)) AS rows`;

/**
 * Who may see what, worked out from the rows alone and in other words than the server's, so that a mistake there is not
 * repeated here. Remembers what was deleted: nobody sees that any more.
 */
export class VisibleObjects {
  private rows: Rows = {
    users: [],
    groups: [],
    hosts: [],
    checks: [],
    patches: [],
    windows: [],
    group_users: [],
    group_hosts: [],
    sessions: [],
    api_tokens: [],
    enrollments: [],
    jobs: [],
    runs: [],
    administered: [],
  };
  private readonly everNamed = new Map<string, Set<string>>();
  private readonly everSeen = new Set<string>();
  /** Of checks that are gone too: who reaches the host reads in the trail that they were there. */
  private readonly hostOfCheck = new Map<string, string>();
  /** Of windows that are gone too; whoever reached a group's reads nothing of it then. */
  private readonly hostOfWindow = new Map<string, string>();

  constructor(private readonly installation: Installation) {}

  /** A table with ids that nobody has said a word about could leak without being noticed. */
  async assertEveryTableIsJudged(): Promise<void> {
    const tables = await this.installation.read<{ table_name: string }>(
      `SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid'`,
    );
    const unknown = tables
      .map(({ table_name }) => table_name)
      .filter((name) => ![...judgedTables, ...impersonalTables].includes(name));
    if (unknown.length > 0)
      throw new Error(`say in tests/fuzz/visible-objects.ts who may see ${unknown.join()}`);
  }

  async refresh(): Promise<void> {
    const [row] = await this.installation.read<{ rows: Rows }>(statement);
    if (!row) throw new Error('an aggregate without a row');
    this.rows = row.rows;
    const {
      users,
      groups,
      hosts,
      checks,
      patches,
      windows,
      sessions,
      api_tokens,
      enrollments,
      jobs,
      runs,
      administered,
    } = this.rows;
    for (const { id, username, display_name } of users) this.name(id, username, display_name);
    for (const { id, name } of groups) this.name(id, name);
    for (const { id, fqdn } of [...hosts, ...enrollments]) this.name(id, fqdn);
    for (const { id, name, packages } of jobs) this.name(id, name, ...packages);
    // Evidence keeps the names of checks, whatever becomes of them.
    for (const { id, checks: names } of runs) this.name(id, ...names);
    for (const { id } of administered) this.name(id);
    for (const { id, host_id, name } of checks) {
      this.hostOfCheck.set(id, host_id);
      this.name(id, name);
    }
    for (const { host_id, name } of patches) this.name(host_id, name);
    for (const { id, host_id, name } of windows) {
      if (host_id !== null) this.hostOfWindow.set(id, host_id);
      this.name(id, name);
    }
    for (const { id } of sessions) this.name(id);
    for (const { id, name } of api_tokens) this.name(id, name);
  }

  roleOf(viewer: Viewer): string | null {
    const user = this.rows.users.find(({ id }) => id === viewer);
    return user && !user.disabled ? user.role : null;
  }

  /** How many hosts and groups a viewer must find in a list without filters. */
  countOf(viewer: Viewer, area: 'hosts' | 'groups'): number {
    const visible = this.visibleTo(viewer);
    return this.rows[area].filter(({ id }) => visible?.has(id) ?? true).length;
  }

  /** Ids and names in a text that the viewer may not see and did not write himself. */
  foreignIn(viewer: Viewer, text: string, written: string): string[] {
    const visible = this.visibleTo(viewer);
    if (visible === null) return [];
    const ids = text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
    const foreignIds = ids.filter((id) => this.everSeen.has(id) && !visible.has(id));
    const foreignNames = [...this.everNamed]
      .filter(([name, owners]) => text.includes(name) && ![...owners].some((id) => visible.has(id)))
      .map(([name]) => name);
    return [...foreignIds, ...foreignNames].filter((secret) => !written.includes(secret));
  }

  private name(id: string, ...names: string[]): void {
    this.everSeen.add(id);
    for (const name of names) {
      const inJson = JSON.stringify(name).slice(1, -1);
      if (inJson.length < shortestName || isMadeOfOrder.test(name)) continue;
      this.everNamed.set(inJson, (this.everNamed.get(inJson) ?? new Set()).add(id));
    }
  }

  /** Null is everything. */
  private visibleTo(viewer: Viewer): Set<string> | null {
    const role = this.roleOf(viewer);
    if (viewer === undefined || role === null) return new Set();
    if (role === 'admin') return null;
    const { group_users, group_hosts, sessions, api_tokens, windows, jobs, runs } = this.rows;
    const groups = new Set(
      group_users.filter(({ user_id }) => user_id === viewer).map(({ group_id }) => group_id),
    );
    const people = group_users.filter(({ group_id }) => groups.has(group_id)).map(({ user_id }) => user_id);
    const hosts = group_hosts.filter(({ group_id }) => groups.has(group_id)).map(({ host_id }) => host_id);
    const own = [...sessions, ...api_tokens].filter(({ user_id }) => user_id === viewer).map(({ id }) => id);
    const checks = [...this.hostOfCheck].filter(([, host]) => hosts.includes(host)).map(([id]) => id);
    const ofHosts = [...this.hostOfWindow].filter(([, host]) => hosts.includes(host)).map(([id]) => id);
    const ofGroups = windows.filter(({ group_id }) => groups.has(group_id ?? '')).map(({ id }) => id);
    // Who reaches a host sees what is done to it, by which jobs, and who answers for that.
    const seenRuns = runs.filter(({ host_id }) => hosts.includes(host_id));
    const seenJobs = jobs.filter(({ id }) => seenRuns.some(({ job_id }) => job_id === id));
    const seen = [...seenRuns, ...seenJobs].flatMap(({ id, people: doers }) => [id, ...doers]);
    const known = seen.filter((id) => id !== null);
    return new Set([
      viewer,
      ...groups,
      ...people,
      ...hosts,
      ...checks,
      ...ofHosts,
      ...ofGroups,
      ...own,
      ...known,
    ]);
  }
}
