import { AgentError } from '@patchgate/agent-client';
import { DialError } from '@patchgate/dial';
import { describe, expect, test } from 'vitest';
import { judgeFailure, judgeService } from './judge-service.js';

const reading = { name: 'nginx.service', active_state: 'active', sub_state: 'running', load_state: 'loaded' };

describe('a service', () => {
  test.each([
    [{ ...reading, healthy: true }, 'ok', 'active (running)'],
    // The agent's own word decides, whatever the states look like.
    [{ ...reading, healthy: false }, 'service_unhealthy', 'active (running)'],
    [{ ...reading, sub_state: null, healthy: true }, 'ok', 'active'],
    [{ ...reading, active_state: null, sub_state: null, healthy: true }, 'ok', 'state not told'],
    [{ ...reading, load_state: 'masked', healthy: false }, 'service_unhealthy', 'active (running), masked'],
  ])('%o is %s: %s', (given, reason, detail) => {
    expect(judgeService(given)).toEqual({ healthy: given.healthy, reason, detail });
  });
});

describe('an agent that does not say', () => {
  test.each([
    ['unreachable', {}, 'agent_unreachable'],
    ['lost', {}, 'agent_unreachable'],
    ['refused_us', { status: 403 }, 'agent_refused_us'],
    ['failed', { status: 500 }, 'agent_error'],
    ['bad_answer', { status: 200 }, 'agent_error'],
    ['refused', { status: 404, code: 'SERVICE_NOT_FOUND' }, 'service_unknown'],
    ['refused', { status: 400, code: 'INVALID_SERVICE_NAME' }, 'service_name_invalid'],
    ['refused', { status: 405, code: 'UNSUPPORTED' }, 'agent_refused_us'],
    // A proxy in between, and no agent that knows services.
    ['refused', { status: 404, code: 'UNSUPPORTED' }, 'agent_refused_us'],
    ['refused', { status: 429, code: 'TOO_MANY_REQUESTS' }, 'agent_refused_us'],
    ['refused', { status: 409, code: 'BUSY' }, 'agent_error'],
  ] as const)('%s %o is %s', (failure, answered, reason) => {
    const verdict = judgeFailure(new AgentError(failure, 'why', answered));
    // With the status: an agent that answered 405 or 429 is no word about the service.
    const { status } = answered as { status?: number };
    const told = status === undefined ? {} : { agent_status: status };
    expect(verdict).toEqual({ healthy: false, reason, detail: 'why', ...told });
  });

  test('because our own policy keeps us from it is blocked, as any other check would be', () => {
    const cause = new DialError('blocked', 'not there');
    expect(judgeFailure(new AgentError('unreachable', 'not there', { cause }))).toEqual({
      ...{ healthy: false, reason: 'blocked', detail: 'not there' },
    });
  });
});
