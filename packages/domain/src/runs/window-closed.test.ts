import { describe, expect, test } from 'vitest';
import { closesAt, opensAt, policy, runIn, stepOf } from './run.fixture.js';

const again = opensAt + policy.retryMs + policy.jitterMs;
const notDispatched = { kind: 'ended', wasDispatched: false };

describe('queued', () => {
  test.each(['blackout', 'batch_wait', 'job_paused', 'rights_lost', 'no_checks'] as const)(
    'its window closes: %s is why it was not patched',
    (reason) => {
      const run = runIn('queued', { reason, detail: 'why', nextAttemptAt: again });
      expect(stepOf(run, { kind: 'window_closed', reason: 'outside_window' }, closesAt)).toEqual({
        changed: { status: 'failed', endedAt: closesAt, nextAttemptAt: null },
        effects: [notDispatched],
      });
    },
  );

  test.each(['agent_busy', 'agent_unreachable', 'agent_refused'] as const)(
    'its window closes: so is %s, for which it went back',
    (reason) => {
      const run = runIn('queued', { reason, lastOutcome: 'pass' });
      const { changed } = stepOf(run, { kind: 'window_closed', reason: 'no_window' }, closesAt);
      expect(changed).toEqual({ status: 'failed', endedAt: closesAt });
    },
  );

  test.each([null, 'outside_window', 'check_failed'] as const)(
    'its window closes: %s has passed, and the close itself is the reason',
    (reason) => {
      const run = runIn('queued', { reason, lastOutcome: 'pass' });
      const { changed } = stepOf(run, { kind: 'window_closed', reason: 'no_window' }, closesAt);
      expect({ ...run, ...changed }).toMatchObject({
        status: 'failed',
        reason: 'no_window',
        endedAt: closesAt,
      });
    },
  );

  test('the deadline of its job passes: that is the reason, whatever held it', () => {
    const run = runIn('queued', { reason: 'batch_wait' });
    const { changed } = stepOf(run, { kind: 'window_closed', reason: 'deadline_passed' }, closesAt);
    expect({ ...run, ...changed }).toMatchObject({ status: 'failed', reason: 'deadline_passed' });
  });
});

describe('waiting_health_check', () => {
  test.each(['fail', 'error'] as const)('its window closes on %s: what failed is said', (lastOutcome) => {
    for (const reason of ['outside_window', 'no_window', 'deadline_passed'] as const) {
      const run = runIn('waiting_health_check', { lastOutcome, reason: 'rights_lost' });
      expect(stepOf(run, { kind: 'window_closed', reason }, closesAt)).toEqual({
        changed: { status: 'failed', reason: 'gate_window_closed', endedAt: closesAt },
        effects: [notDispatched],
      });
    }
  });
});
