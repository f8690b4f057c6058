import type { Issue } from '@patchgate/contracts';
import { AppError } from '../../platform/app-error.js';
import type { OrderedHost } from './ordered-host.row.js';
import type { OrderPlan, Refusal } from './plan-order.js';

const mostIssues = 50;
const codes = ['host_busy', 'no_agent', 'no_window'] as const satisfies readonly Refusal[];

/** What keeps a host out of an order, in words. */
export function whyNot(host: OrderedHost, why: Refusal): string {
  switch (why) {
    case 'host_busy':
      return `${host.fqdn} is busy in job ${host.busy_number ?? ''} "${host.busy_name ?? ''}"`;
    case 'no_agent':
      return `${host.fqdn} has no agent`;
    case 'no_window':
      return `${host.fqdn} has no window in which it could start`;
  }
}

/**
 * Refuses an order of which one host cannot be had, or that its windows make impossible: all or nothing (SEC-A3).
 *
 * @throws AppError naming the hosts
 */
export function refuseImpossible({ refused, obstacles }: OrderPlan): void {
  for (const code of codes) {
    const hosts = refused.filter(({ why }) => why === code).map(({ host }) => host);
    if (hosts.length > 0) throw refusal(code, hosts);
  }
  if (obstacles.length === 0) return;
  const message = obstacles.map((obstacle) => obstacle.message).join('; ');
  throw new AppError('invalid_request', message, { issues: obstacles });
}

/** @param cause of one that only the database noticed, because another order was faster */
export function refusal(code: Refusal, hosts: readonly OrderedHost[], cause?: unknown): AppError {
  const [first] = hosts;
  const others = hosts.length > 1 ? `, and ${hosts.length - 1} more of these hosts cannot be had` : '';
  const message = first ? `${whyNot(first, code)}${others}` : 'one of these hosts has just become busy';
  const issues: Issue[] = hosts
    .slice(0, mostIssues)
    .map((host) => ({ path: 'host_ids', message: whyNot(host, code) }));
  return new AppError(code, message, { cause, issues });
}
