import { expect, it } from 'vitest';
import { agentTrouble } from './agent-words.js';

it('says nothing of an agent that is well, and what to do where there is none', () => {
  expect(agentTrouble({ agent_status: 'connected', agent_failure: null })).toBeNull();
  expect(agentTrouble({ agent_status: 'not_enrolled', agent_failure: null })?.what).toBe(
    'No agent is enrolled on this host.',
  );
});

it.each([
  ['unreachable', 'connection refused', 'The agent cannot be reached: connection refused.', /firewall/],
  ['unreachable', 'the certificate has expired', /has expired\.$/, /new certificate/],
  ['failed', 'apt is locked.', 'The agent could not answer: apt is locked.', /log/],
  ['lost', '', 'The agent gave no answer.', /log/],
] as const)('tells %s with “%s” as a sentence and a next step', (reason, detail, what, look) => {
  const trouble = agentTrouble({ agent_status: 'unreachable', agent_failure: { reason, detail } });
  expect(trouble?.what).toMatch(what);
  expect(trouble?.look).toMatch(look);
});
