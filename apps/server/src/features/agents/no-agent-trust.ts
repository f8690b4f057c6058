import { AgentError } from '@patchgate/agent-client';
import { AgentTrust } from './agent-trust.js';
import type { TrustMaterial } from './agent-trust.js';

/** For a manager without a certificate for agents: it says so, and never that a service it could not ask about is well. */
export class NoAgentTrust extends AgentTrust {
  current(): Promise<TrustMaterial> {
    return Promise.reject(
      new AgentError('unreachable', 'this manager has no certificate to show to agents yet'),
    );
  }
}
