import type { Db } from '../../platform/database/query.js';
import { publish } from '../../platform/events/publish.js';
import type { AgentPoll } from './agent-poll.js';
import { findHeld, releaseAgents } from './host-agent.repository.js';
import { updateHostFacts } from './host-facts.repository.js';
import { findChangedLists, replacePatches } from './host-patches.repository.js';
import type { ListedPatches } from './host-patches.repository.js';

interface RecordOptions {
  readonly intervalMs: number;
  readonly inventoryMs: number;
}

const recheckMs = 20_000;
const inventoryRetryMs = 240_000;
const renewalRetryMs = 6 * 3_600_000;

/**
 * Writes what polls of agents found, in the caller's transaction, and gives the hosts back. Hosts, patches and agents are
 * written in this order, by whoever writes more than one of them.
 */
export async function recordAgentPolls(
  db: Db,
  polls: readonly AgentPoll[],
  options: RecordOptions,
): Promise<void> {
  const held = new Map((await findHeld(db, polls)).map((agent) => [agent.hostId, agent]));
  const ours = polls.filter(({ hostId }) => held.has(hostId));
  if (ours.length === 0) return;
  const changed = await updateHostFacts(db, ours);
  const relisted = await writePatches(db, ours.flatMap(listedPatches));
  const unsettled = new Set(changed.filter(({ isOtherStatus }) => isOtherStatus).map(({ hostId }) => hostId));
  await releaseAgents(db, ours, { ...options, recheckMs, inventoryRetryMs, renewalRetryMs, unsettled });
  const told = [...held.values()].filter(({ isAwaited, isOtherFailure }) => isAwaited || isOtherFailure);
  await publish(db, 'host', [
    ...new Set([...changed, ...told].map(({ hostId }) => hostId).concat([...relisted])),
  ]);
  const counted = changed.filter(({ isOtherStatus, isOtherCount }) => isOtherStatus || isOtherCount);
  if (counted.length > 0)
    await publish(
      db,
      'overview',
      counted.map(({ hostId }) => hostId),
    );
}

const listedPatches = ({ hostId, inventory }: AgentPoll): ListedPatches[] =>
  inventory?.kind === 'listed' ? [{ hostId, patches: inventory.patches }] : [];

/** @returns the hosts whose list is another than before */
async function writePatches(db: Db, lists: readonly ListedPatches[]): Promise<ReadonlySet<string>> {
  if (lists.length === 0) return new Set();
  const changed = await findChangedLists(db, lists);
  if (changed.size > 0) {
    await replacePatches(
      db,
      lists.filter(({ hostId }) => changed.has(hostId)),
    );
  }
  return changed;
}
