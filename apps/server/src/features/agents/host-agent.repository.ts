import sql from 'sql-template-tag';
import { execute, query } from '../../platform/database/query.js';
import type { Db } from '../../platform/database/query.js';
import { dueNow, nextDue } from '../polling/due-time.js';
import type { AgentPoll } from './agent-poll.js';

export interface HeldAgent {
  hostId: string;
  /** Somebody waits for this very poll. */
  isAwaited: boolean;
  isOtherFailure: boolean;
}

/** Those of the polls whose host was not lost to another worker meanwhile. */
export function findHeld(db: Db, polls: readonly AgentPoll[]): Promise<HeldAgent[]> {
  return query(
    db,
    sql`SELECT a.host_id AS "hostId", COALESCE(a.refresh_fence < a.fence, false) AS "isAwaited",
        (a.last_failure_detail, a.inventory_failure IS NULL) IS DISTINCT FROM
          (g.failure, CASE g.inventory WHEN 'listed' THEN true WHEN 'failed' THEN false
            ELSE a.inventory_failure IS NULL END) AS "isOtherFailure"
      FROM unnest(${polls.map(({ hostId }) => hostId)}::uuid[], ${polls.map(({ fence }) => fence)}::bigint[],
          ${polls.map(({ failure }) => failure?.detail ?? null)}::text[],
          ${polls.map(({ inventory }) => inventory?.kind ?? null)}::text[]) AS g (host_id, fence, failure, inventory)
        JOIN host_agents a ON a.host_id = g.host_id AND a.fence = g.fence`,
  );
}

interface ReleaseOptions {
  readonly intervalMs: number;
  readonly inventoryMs: number;
  /** After a change, and after an inventory that failed. */
  readonly recheckMs: number;
  readonly inventoryRetryMs: number;
  readonly renewalRetryMs: number;
  /** Hosts whose agent is there or gone since this poll. */
  readonly unsettled: ReadonlySet<string>;
}

/** How long one that was just enrolled is looked for often. */
const newMs = 3_600_000;

/** From the approval on, while its installer starts it and somebody watches: how long, and how often. */
const [arrivingMs, arrivingEveryMs] = [60_000, 3_000];

const seconds = (ms: number) => sql`make_interval(secs => ${ms / 1000})`;

/**
 * Writes what each poll found of the agent itself, and gives its host back with the next due time. Whose fence is older
 * writes nothing; where somebody asked for a poll after this one began, the next is due at once.
 */
export async function releaseAgents(
  db: Db,
  polls: readonly AgentPoll[],
  options: ReleaseOptions,
): Promise<void> {
  const { intervalMs, inventoryMs, recheckMs, inventoryRetryMs, renewalRetryMs, unsettled } = options;
  const sorted = polls.toSorted((a, b) => (a.hostId < b.hostId ? -1 : 1));
  const column = <T>(read: (poll: AgentPoll) => T): T[] => sorted.map(read);
  const due = nextDue(sql`a.phase`, intervalMs);
  // Half an interval early, or it would be due just after the poll that is to take it.
  const nextInventory = seconds(inventoryMs - intervalMs / 2);
  await execute(
    db,
    sql`UPDATE host_agents a SET lease_until = NULL, next_poll_at = CASE
        WHEN a.next_poll_at IS NULL THEN NULL
        WHEN a.refresh_fence >= a.fence THEN ${dueNow}
        WHEN NOT g.has_health AND a.expected_at > now() - ${seconds(arrivingMs)} THEN now() + ${seconds(arrivingEveryMs)}
        WHEN g.is_unsettled OR (NOT g.has_health AND a.expected_at > now() - ${seconds(newMs)}) THEN least(${due}, now() + ${seconds(recheckMs)})
        ELSE ${due} END,
      refresh_fence = CASE WHEN a.refresh_fence >= a.fence THEN a.refresh_fence END,
      refresh_requested_at = CASE WHEN a.refresh_fence >= a.fence THEN a.refresh_requested_at END,
      last_seen_at = CASE WHEN g.has_health THEN g.at ELSE a.last_seen_at END,
      last_failure = g.failure, last_failure_detail = g.failure_detail,
      agent_epoch = CASE WHEN g.has_health THEN g.agent_epoch ELSE a.agent_epoch END,
      uptime_seconds = CASE WHEN g.has_health THEN g.uptime_seconds ELSE a.uptime_seconds END,
      certificate_valid_from = COALESCE(g.valid_from, a.certificate_valid_from),
      certificate_valid_to = COALESCE(g.valid_to, a.certificate_valid_to),
      certificate_fingerprint = COALESCE(g.fingerprint, a.certificate_fingerprint),
      next_renewal_at = CASE g.renewal WHEN 'done' THEN NULL WHEN 'failed' THEN now() + ${seconds(renewalRetryMs)}
        ELSE a.next_renewal_at END,
      next_inventory_at = CASE WHEN a.refresh_fence >= a.fence THEN a.next_inventory_at
        WHEN g.inventory = 'listed' THEN now() + ${nextInventory}
        WHEN g.inventory = 'failed' THEN now() + ${seconds(inventoryRetryMs)} ELSE a.next_inventory_at END,
      inventory_at = CASE WHEN g.inventory = 'listed' THEN g.at ELSE a.inventory_at END,
      inventory_failure = CASE WHEN g.inventory IS NULL THEN a.inventory_failure ELSE g.inventory_failure END
      FROM unnest(${column(({ hostId }) => hostId)}::uuid[], ${column(({ fence }) => fence)}::bigint[],
        ${column(({ hostId }) => unsettled.has(hostId))}::boolean[], ${column(({ at }) => at)}::timestamptz[],
        ${column(({ failure }) => failure?.kind ?? null)}::text[], ${column(({ failure }) => failure?.detail ?? null)}::text[],
        ${column(({ health }) => health !== null)}::boolean[], ${column(({ health }) => health?.agent_epoch ?? null)}::text[],
        ${column(({ health }) => health?.uptime_seconds ?? null)}::bigint[],
        ${column(({ certificate }) => certificate?.validFrom ?? null)}::timestamptz[],
        ${column(({ certificate }) => certificate?.validTo ?? null)}::timestamptz[],
        ${column(({ certificate }) => certificate?.fingerprint ?? null)}::text[],
        ${column(({ renewal }) => renewal)}::text[], ${column(({ inventory }) => inventory?.kind ?? null)}::text[],
        ${column(({ inventory }) => (inventory?.kind === 'failed' ? inventory.detail : null))}::text[])
        AS g (host_id, fence, is_unsettled, at, failure, failure_detail, has_health, agent_epoch, uptime_seconds,
          valid_from, valid_to, fingerprint, renewal, inventory, inventory_failure)
      WHERE a.host_id = g.host_id AND a.fence = g.fence`,
  );
}
