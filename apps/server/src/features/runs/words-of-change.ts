import type { Run } from '@patchgate/domain';

/** What the log of a run says when its status changes; null where nothing has to be said. */
export function wordsOfChange(before: Run, after: Run): string | null {
  if (before.status === after.status) return becameSilent(before, after);
  const detail = after.detail === null ? '' : `: ${after.detail}`;
  switch (after.status) {
    case 'running':
      return 'the agent has taken the order';
    case 'rebooting':
      return 'the packages are in place, and the host restarts';
    case 'verifying':
      return before.status === 'rebooting' && after.reboot === 'done'
        ? 'the host has restarted; its checks are probed'
        : 'the packages are in place; the checks of the host are probed';
    case 'queued':
    case 'waiting_health_check':
      return `back to the gate${detail}`;
    case 'succeeded':
      return `succeeded${detail}`;
    case 'failed':
      return `failed${detail}`;
    case 'cancelled':
      return `cancelled${detail}`;
    case 'indeterminate':
      return `nobody knows what became of it${detail}`;
    case 'dispatching':
      return null;
  }
}

function becameSilent(before: Run, after: Run): string | null {
  if (before.unreachableSince === null && after.unreachableSince !== null) {
    return `the agent does not answer: ${after.detail ?? 'no reason is known'}`;
  }
  return before.unreachableSince !== null && after.unreachableSince === null
    ? 'the agent answers again'
    : null;
}
