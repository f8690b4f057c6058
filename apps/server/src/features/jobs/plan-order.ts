import { outOfReach, planWindow, rollOutOrder } from '@patchgate/domain';
import type { Candidate, Placed, PlannedWindow, Schedule, WindowRule } from '@patchgate/domain';
import type { JobRequest } from '@patchgate/contracts';
import type { OrderedHost } from './ordered-host.row.js';

export type Refusal = 'host_busy' | 'no_agent' | 'no_window';

/** A host that can have its turn. */
export type PlacedHost = Placed<Candidate & { readonly host: OrderedHost }>;

interface Obstacle {
  readonly path: string;
  readonly message: string;
}

export interface OrderPlan {
  readonly placed: readonly PlacedHost[];
  /** Hosts that cannot be had, each with the first reason; one is enough to refuse the order. */
  readonly refused: readonly { readonly host: OrderedHost; readonly why: Refusal }[];
  /** What makes the order as a whole impossible. */
  readonly obstacles: readonly Obstacle[];
}

interface Order {
  readonly hosts: readonly OrderedHost[];
  readonly rules: ReadonlyMap<string, readonly WindowRule[]>;
  readonly request: Pick<JobRequest, 'canary' | 'batch_size'>;
  readonly schedule: Schedule;
  readonly now: Date;
}

/** Where each host comes in the roll-out, and what is in the way. */
export function planOrder({ hosts, rules, request, schedule, now }: Order): OrderPlan {
  const windowOf = planOnce(schedule, now);
  const candidates: (Candidate & { host: OrderedHost })[] = [];
  const refused: { host: OrderedHost; why: Refusal }[] = [];
  for (const host of hosts) {
    const window = windowOf(rules.get(host.id) ?? []);
    const why = refusalOf(host, window);
    if (why !== null) refused.push({ host, why });
    if (why !== null || window === null) continue;
    candidates.push({ host, fqdn: host.fqdn, window, looksReady: looksReady(host) });
  }
  const placed = rollOutOrder(candidates, { canary: request.canary, batchSize: request.batch_size });
  return { placed, refused, obstacles: obstaclesOf(hosts.length, placed, request.canary) };
}

/** Hosts with the same rules share a list, and ten thousand of them are one question. */
function planOnce(schedule: Schedule, now: Date): (rules: readonly WindowRule[]) => PlannedWindow | null {
  const known = new Map<readonly WindowRule[], PlannedWindow | null>();
  return (rules) => {
    const found = known.get(rules);
    if (found !== undefined) return found;
    const window = planWindow(rules, schedule, now.getTime());
    known.set(rules, window);
    return window;
  };
}

function refusalOf(host: OrderedHost, window: PlannedWindow | null): Refusal | null {
  if (host.busy_run_id !== null) return 'host_busy';
  if (host.agent_status === 'not_enrolled') return 'no_agent';
  return window === null ? 'no_window' : null;
}

/** A host without checks would make a canary that nobody looks at. */
const looksReady = ({ health_check_status, agent_status }: OrderedHost): boolean =>
  health_check_status === 'healthy' && agent_status === 'connected';

function obstaclesOf(hosts: number, placed: readonly PlacedHost[], canary: number): Obstacle[] {
  if (canary > hosts) {
    return [{ path: 'canary', message: `a canary of ${canary}, and the order has ${hosts} hosts` }];
  }
  const late = outOfReach(placed);
  const [first] = late?.hosts ?? [];
  if (!late || !first) return [];
  const begins = new Date(late.canary.window.startsAt).toISOString();
  const others = late.hosts.length === 1 ? '' : `, and so do ${late.hosts.length - 1} others`;
  const message = `${late.canary.fqdn} of the canary can begin at ${begins}, when the window of ${first.fqdn} has closed${others}`;
  return [{ path: 'canary', message }];
}
