import type { JobPreviewView, JobRequest, PreviewHostView } from '@patchgate/contracts';
import type { MeantPatches, OrderedHost } from './ordered-host.row.js';
import type { OrderPlan, PlacedHost, Refusal } from './plan-order.js';
import { whyNot } from './refuse-order.js';

interface Preview {
  readonly name: string;
  readonly request: JobRequest;
  readonly hosts: readonly OrderedHost[];
  readonly plan: OrderPlan;
  readonly patches: readonly MeantPatches[];
  readonly kinds: number;
  /** Setting `gate.no_checks`. */
  readonly noChecks: 'open' | 'hold';
}

/** Hosts that have a place in the roll-out come first, in its order. */
export function previewView(preview: Preview): JobPreviewView {
  const { name, request, hosts, plan, patches, kinds, noChecks } = preview;
  const patchesOf = new Map(patches.map((row) => [row.host_id, row]));
  const items = [
    ...plan.placed.map((placed) => placedView(placed, patchesOf.get(placed.host.id), noChecks)),
    ...plan.refused.map(({ host, why }) => refusedView(host, why, patchesOf.get(host.id))),
  ];
  const counts = { ready: 0, would_wait: 0, no_gate: 0, will_not_start: 0 };
  for (const { outcome } of items) counts[outcome] += 1;
  const starts = plan.placed.map(({ window }) => window.startsAt);
  return {
    name,
    hosts_total: hosts.length,
    counts,
    first_start_at: starts.length === 0 ? null : iso(Math.min(...starts)),
    obstacles: [...plan.obstacles],
    batches: new Set(plan.placed.map(({ batch }) => batch)).size,
    package_kinds: kinds,
    reboots: request.allow_reboot
      ? items.filter(({ requires_reboot }) => requires_reboot === true).length
      : 0,
    items,
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

function placedView(
  { host, position, batch, window }: PlacedHost,
  patches: MeantPatches | undefined,
  noChecks: 'open' | 'hold',
): PreviewHostView {
  return {
    ...hostPart(host, patches),
    ...gateOf(host, noChecks),
    busy_in: null,
    position,
    batch,
    window: { opens_at: iso(window.opensAt), closes_at: iso(window.closesAt) },
    earliest_start_at: iso(window.startsAt),
  };
}

/** What its gate would say of a host at this moment, as far as polls and its agent tell. */
function gateOf(
  { health_check_status, agent_status, failing, checks_unhealthy, checks_unknown }: OrderedHost,
  noChecks: 'open' | 'hold',
): Pick<PreviewHostView, 'outcome' | 'reason' | 'detail'> {
  const waits = { outcome: 'would_wait' } as const;
  switch (health_check_status) {
    case 'unhealthy':
      return { ...waits, reason: 'check_failed', detail: failing ?? `failing checks: ${checks_unhealthy}` };
    case 'unknown':
      return { ...waits, reason: 'check_error', detail: `checks without a fresh result: ${checks_unknown}` };
    case 'none':
      if (noChecks === 'hold') return { ...waits, reason: 'no_checks', detail: null };
      break;
    case 'healthy':
  }
  if (agent_status !== 'connected') {
    return { ...waits, reason: 'agent_unreachable', detail: `the agent is ${agent_status}` };
  }
  return health_check_status === 'none'
    ? { outcome: 'no_gate', reason: 'no_checks', detail: null }
    : { outcome: 'ready', reason: null, detail: null };
}

function refusedView(host: OrderedHost, why: Refusal, patches: MeantPatches | undefined): PreviewHostView {
  const { busy_job_id: job_id, busy_run_id: run_id, busy_number: number } = host;
  const isBusy = job_id !== null && run_id !== null && number !== null;
  return {
    ...hostPart(host, patches),
    ...{ outcome: 'will_not_start', reason: refusalReason(why), detail: whyNot(host, why) },
    busy_in: isBusy ? { job_id, run_id, number } : null,
    ...{ position: null, batch: null, window: null, earliest_start_at: null },
  };
}

/** Of a host that is busy elsewhere no run of this job would ever say why; `busy_in` does. */
function refusalReason(why: Refusal): PreviewHostView['reason'] {
  switch (why) {
    case 'host_busy':
      return null;
    case 'no_agent':
      return 'agent_unreachable';
    case 'no_window':
      return 'no_window';
  }
}

function hostPart(host: OrderedHost, meant: MeantPatches | undefined) {
  return {
    host_id: host.id,
    fqdn: host.fqdn,
    health_check_status: host.health_check_status,
    health_checks: {
      total: host.checks_total,
      healthy: host.checks_healthy,
      unhealthy: host.checks_unhealthy,
      unknown: host.checks_unknown,
    },
    patches: meant?.patches ?? null,
    requires_reboot: meant?.requires_reboot ?? null,
  };
}
