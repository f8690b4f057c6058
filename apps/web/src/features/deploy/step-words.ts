import type { DeployDraft } from '../../lib/deploy-draft.js';
import { countOf, formatCount } from '../../lib/counts.js';
import type { DeployStep } from './deploy-search.js';
import { errorOfStep } from './draft-request.js';
import { startingOf } from './preview-words.js';
import type { Order } from './use-order.js';

/** What a step holds so far, in a few words. */
export function stepInShort(step: DeployStep, { draft, preview, errors }: Order): string {
  switch (step) {
    case 'hosts':
      return hostsInShort(draft, preview.data?.hosts_total);
    case 'packages':
      return packagesInShort(draft);
    case 'when':
      return draft.schedule === 'window'
        ? 'Each host’s window'
        : `Now, within ${draft.deadline_minutes || '?'} min`;
    case 'roll-out':
      return errorOfStep('roll-out', errors) === null ? rollOutInShort(draft) : 'Needs a change';
    case 'review':
      return preview.data === undefined || preview.data.hosts_total === 0
        ? 'What would happen'
        : `${formatCount(startingOf(preview.data))} of ${formatCount(preview.data.hosts_total)} can start`;
  }
}

function hostsInShort(
  { host_ids: hosts, group_ids: groups }: DeployDraft,
  total: number | undefined,
): string {
  if (hosts.length + groups.length === 0) return 'None chosen';
  const of = groups.length === 0 ? '' : `, ${countOf(groups.length, 'group')}`;
  return total === undefined ? `${countOf(hosts.length, 'host')}${of}` : `${countOf(total, 'host')}${of}`;
}

export function packagesInShort({ selection, packages, exclude }: DeployDraft): string {
  const but = exclude.length === 0 ? '' : `, without ${formatCount(exclude.length)}`;
  switch (selection) {
    case 'security':
      return `Security only${but}`;
    case 'all':
      return `All${but}`;
    case 'named':
      return packages.length === 1
        ? `${packages[0] ?? ''}${but}`
        : `${countOf(packages.length, 'package')}${but}`;
  }
}

function rollOutInShort({ canary, batch_size: size }: DeployDraft): string {
  const batches = size.trim() === '' ? 'one batch' : `batches of ${size}`;
  return Number(canary) === 0 ? `No canary, ${batches}` : `Canary ${canary}, ${batches}`;
}
