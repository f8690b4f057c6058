import type { Config } from '../../config/config.schema.js';
import sql, { join } from 'sql-template-tag';
import type { Sql } from 'sql-template-tag';
import { execute, query, queryOne } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import type { ClaimedRun } from './claimed-run.js';
import type { PackageChange, PendingPatch, Selection } from './order-of-run.js';
import { policyOf } from './run-policy.js';
import { runColumns, runOf } from './run.row.js';
import type { RunRow } from './run.row.js';
import type { AgentFacts, DispatchedRun, Intent, RebootIntent } from './run-step.js';
import type { StoredPair } from './stored-pair.js';

interface DispatchedRow extends RunRow {
  address: string;
  port: number;
  is_expected: boolean;
  selection: Selection['selection'];
  packages: string[] | null;
  exclude: string[];
  allow_reboot: boolean;
  has_checks: boolean;
  ordered_packages: string[] | null;
  package_changes: PackageChange[];
  intent_at: Date | null;
  agent_epoch: string | null;
  agent_uptime_seconds: string | null;
  agent_jobs_before: string[];
  agent_job_id: string | null;
  boot_id_before: string | null;
  reboot_ordered_at: Date | null;
  cancel_answered_at: Date | null;
  agent_log_seq: number;
  progress: number | null;
  phase: string | null;
  verification_checks: StoredPair[];
}

/** @returns undefined when the run is somebody else's by now */
export async function loadDispatchedRun(
  db: Db,
  { id, fence }: Pick<ClaimedRun, 'id' | 'fence'>,
  limits: Config['runs'],
): Promise<DispatchedRun | undefined> {
  const row = await queryOne<DispatchedRow>(
    db,
    sql`SELECT ${runColumns}, host(h.address) AS address, h.agent_port AS port, j.selection, j.packages, j.exclude,
        j.allow_reboot, r.ordered_packages, r.package_changes, r.intent_at, r.agent_epoch, r.agent_uptime_seconds,
        r.agent_jobs_before, r.agent_job_id, r.boot_id_before, r.reboot_ordered_at, r.cancel_answered_at,
        r.agent_log_seq, r.progress, r.phase, r.verification_checks, a.next_poll_at IS NOT NULL AS is_expected,
        EXISTS (SELECT FROM gate_attempt_checks k WHERE k.run_id = r.id AND k.attempt = r.attempt) AS has_checks
      FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id JOIN hosts h ON h.id = r.host_id
        LEFT JOIN host_agents a ON a.host_id = r.host_id
      WHERE r.id = ${id} AND r.fence = ${fence}`,
  );
  return row && dispatchedRun(row, limits);
}

function dispatchedRun(row: DispatchedRow, limits: Config['runs']): DispatchedRun {
  const { selection, packages, exclude, agent_uptime_seconds: uptime } = row;
  return {
    ...{ id: row.id, jobId: row.job_id, hostId: row.host_id, fence: row.fence, batch: row.batch },
    ...{ run: runOf(row), policy: policyOf(limits, { runId: row.id, allowReboot: row.allow_reboot }) },
    agent: row.is_expected ? { hostId: row.host_id, address: row.address, port: row.port } : null,
    selection: { selection, packages, exclude },
    ...{ hasChecks: row.has_checks, attempt: row.attempt },
    ...{
      orderedPackages: row.ordered_packages,
      packageChanges: row.package_changes,
      intentAt: row.intent_at,
    },
    ...{ agentEpoch: row.agent_epoch, agentUptimeSeconds: uptime === null ? null : Number(uptime) },
    ...{ agentJobsBefore: row.agent_jobs_before, agentJobId: row.agent_job_id },
    ...{ bootIdBefore: row.boot_id_before, rebootOrderedAt: row.reboot_ordered_at },
    ...{ cancelRequestedAt: row.cancel_requested_at, cancelAnsweredAt: row.cancel_answered_at },
    ...{
      agentLogSeq: row.agent_log_seq,
      progress: row.progress,
      phase: row.phase,
      verificationChecks: row.verification_checks,
    },
  };
}

/** @returns null when the host has never listed its patches */
export async function findPending(db: Db, hostId: string): Promise<readonly PendingPatch[] | null> {
  const listed = await queryOne<{ inventory_at: Date | null }>(
    db,
    sql`SELECT inventory_at FROM host_agents WHERE host_id = ${hostId}`,
  );
  if (!listed?.inventory_at) return null;
  return query(
    db,
    sql`SELECT name, current_version AS "currentVersion", available_version AS "availableVersion", security
      FROM host_patches WHERE host_id = ${hostId} ORDER BY name`,
  );
}

/**
 * What must not be lost about an order, before it is sent. Only who still has the run may send, and only if nobody has
 * meant to before: that is what keeps an order from being sent twice to an agent that would do it twice.
 */
export async function storeIntent(db: Db, { id, fence }: DispatchedRun, intent: Intent): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`UPDATE patch_job_hosts SET intent_at = ${intent.at}, ordered_packages = ${intent.orderedPackages}::text[],
        package_changes = ${JSON.stringify(intent.packageChanges)}::jsonb, agent_epoch = ${intent.agentEpoch},
        agent_uptime_seconds = ${intent.agentUptimeSeconds}, agent_jobs_before = ${intent.agentJobsBefore}::text[],
        boot_id_before = ${intent.bootIdBefore}, pending_reboot_before = ${intent.pendingRebootBefore}
      WHERE id = ${id} AND fence = ${fence} AND status = 'dispatching' AND intent_at IS NULL`,
  );
  return affected === 1;
}

/** Only over the one that was known: of two that order a restart at once one is told that it is not to. */
export async function storeRebootIntent(
  db: Db,
  { id, fence, rebootOrderedAt }: DispatchedRun,
  { at, uptimeSeconds }: RebootIntent,
): Promise<boolean> {
  const { affected } = await execute(
    db,
    sql`UPDATE patch_job_hosts SET reboot_ordered_at = ${at}, agent_uptime_seconds = ${uptimeSeconds}
      WHERE id = ${id} AND fence = ${fence} AND status = 'rebooting'
        AND reboot_ordered_at IS NOT DISTINCT FROM ${rebootOrderedAt}::timestamptz`,
  );
  return affected === 1;
}

/** Forgets an order that the agent has not taken, so that the next one is a first one. */
export async function forgetOrder(db: Db, id: string): Promise<void> {
  await execute(
    db,
    sql`UPDATE patch_job_hosts SET intent_at = NULL, ordered_packages = NULL, package_changes = '[]', agent_epoch = NULL,
        agent_uptime_seconds = NULL, agent_jobs_before = '{}', agent_job_id = NULL, boot_id_before = NULL,
        pending_reboot_before = NULL, cancel_answered_at = NULL WHERE id = ${id}`,
  );
}

/** In the transaction that has saved the run under its fence. */
export async function saveFacts(db: Db, id: string, facts: AgentFacts): Promise<void> {
  const changes = assignments(facts);
  if (changes.length === 0) return;
  await execute(db, sql`UPDATE patch_job_hosts SET ${join(changes, ', ')} WHERE id = ${id}`);
}

function assignments(facts: AgentFacts): Sql[] {
  const all: Sql[] = [];
  const { packageChanges, verificationChecks } = facts;
  if (facts.agentEpoch !== undefined) all.push(sql`agent_epoch = ${facts.agentEpoch}`);
  if (facts.agentJobId !== undefined) all.push(sql`agent_job_id = ${facts.agentJobId}`);
  if (facts.bootIdAfter !== undefined) all.push(sql`boot_id_after = ${facts.bootIdAfter}`);
  if (facts.progress !== undefined) all.push(sql`progress = ${facts.progress}`);
  if (facts.phase !== undefined) all.push(sql`phase = ${facts.phase}`);
  if (facts.rebootOrderedAt !== undefined) all.push(sql`reboot_ordered_at = ${facts.rebootOrderedAt}`);
  if (facts.cancelAnsweredAt !== undefined) all.push(sql`cancel_answered_at = ${facts.cancelAnsweredAt}`);
  if (facts.agentLogSeq !== undefined) all.push(sql`agent_log_seq = ${facts.agentLogSeq}`);
  if (packageChanges) all.push(sql`package_changes = ${JSON.stringify(packageChanges)}::jsonb`);
  if (verificationChecks) all.push(sql`verification_checks = ${JSON.stringify(verificationChecks)}::jsonb`);
  return all;
}
