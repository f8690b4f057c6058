import { AgentError } from '@patchgate/agent-client';
import type { AgentSession, PatchReading } from '@patchgate/agent-client';
import type { AgentCertificate, AgentReading, Failure, Inventory } from './agent-poll.js';

const mostDetail = 300;

/**
 * One poll: whether the agent is there, what its host is, and what could be upgraded when that is due. A failing agent is
 * a result; the first failure of a kind that concerns all of it ends the poll.
 *
 * @throws what is no failure of the agent but a defect of ours
 */
export async function askAgent(
  session: AgentSession,
  { isInventoryDue }: { isInventoryDue: boolean },
): Promise<AgentReading> {
  const health = await answerOf(() => session.health());
  const certificate = certificateOf(session);
  if (health instanceof AgentError) return { ...nothing, failure: failureOf(health), certificate };
  const info = await answerOf(() => session.systemInfo());
  const inventory = isInventoryDue ? await takeInventory(session) : null;
  return {
    ...{ health, certificate, inventory, renewal: null },
    info: info instanceof AgentError ? null : info,
    failure: info instanceof AgentError ? failureOf(info) : null,
  };
}

/** What is known after an agent could not even be asked. */
export const unasked = (error: AgentError): AgentReading => ({ ...nothing, failure: failureOf(error) });

const nothing = {
  health: null,
  info: null,
  certificate: null,
  inventory: null,
  renewal: null,
  failure: null,
};

async function takeInventory(session: AgentSession): Promise<Inventory> {
  const answer = await answerOf(() => session.patches());
  if (answer instanceof AgentError) return { kind: 'failed', detail: failureOf(answer).detail };
  const byName = new Map<string, PatchReading>();
  for (const patch of answer.patches) if (!byName.has(patch.name)) byName.set(patch.name, patch);
  return { kind: 'listed', patches: [...byName.values()] };
}

async function answerOf<T>(call: () => Promise<T>): Promise<T | AgentError> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AgentError) return error;
    throw error;
  }
}

const failureOf = ({ failure: kind, message }: AgentError): Failure => ({
  kind,
  detail: message.slice(0, mostDetail),
});

/** Only of a certificate that holds: an impostor's says nothing of the host. */
function certificateOf({ certificate }: AgentSession): AgentCertificate | null {
  if (certificate?.problem !== null) return null;
  return {
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    fingerprint: certificate.fingerprint.replaceAll(':', '').toLowerCase(),
  };
}
