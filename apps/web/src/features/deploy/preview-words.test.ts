import { runReason } from '@patchgate/contracts';
import { describe, expect, it } from 'vitest';
import { headlineOf, healthOf, obstacleOf, placeOf, risksOf } from './preview-words.js';
import { previewHost, previewOf } from './preview.fixture.js';

const now = Date.parse('2026-03-25T01:47:12Z');
const headline = (...args: Parameters<typeof previewOf>) =>
  headlineOf(previewOf(...args), now, 'Europe/Berlin');
const stuck = () => previewHost({ outcome: 'will_not_start', reason: 'no_window', batch: null });
const bare = () => previewHost({ outcome: 'no_gate', reason: 'no_checks', health_check_status: 'none' });

describe('the headline', () => {
  it('says how many can start, and when the first does', () => {
    expect(headline([previewHost(), bare(), stuck()])).toBe(
      '2 of 3 hosts can start, the first on Friday at 22:00',
    );
    expect(headline([previewHost(), previewHost()])).toBe(
      'All 2 hosts can start, the first on Friday at 22:00',
    );
  });

  it('speaks of a single host as of one', () => {
    expect(headline([previewHost()])).toBe('This host can start on Friday at 22:00');
    expect(headline([stuck()], { first_start_at: null })).toBe('This host cannot start');
  });

  it('says so when none can, or none is chosen', () => {
    expect(headline([stuck(), stuck()], { first_start_at: null })).toBe('None of 2 hosts can start');
    expect(headline([], { first_start_at: null })).toBe('No host is chosen');
  });

  it('does not call ready what would only wait', () => {
    const waiting = () => previewHost({ outcome: 'would_wait', reason: 'check_failed' });
    expect(headline([waiting()])).toBe('This host can start on Friday at 22:00, once its gate opens');
    expect(headline([waiting(), waiting(), stuck()])).toBe(
      '2 of 3 hosts can start, the first on Friday at 22:00, once their gates open',
    );
    expect(headline([waiting(), previewHost()])).toBe('All 2 hosts can start, the first on Friday at 22:00');
  });

  it('says nothing of a time that is not known', () => {
    expect(headline([previewHost(), stuck()], { first_start_at: null })).toBe('1 of 2 hosts can start');
  });
});

describe('what would stop a host', () => {
  it('is the job that has it, before anything else', () => {
    const busy = { job_id: 'j', number: 1284, run_id: 'r' };
    expect(obstacleOf(previewHost({ busy_in: busy, reason: 'no_window' }))).toEqual({
      text: 'Busy in job 1284',
      way: { to: 'job', label: 'Open job 1284' },
    });
  });

  it('is nothing for one that is ready', () => {
    expect(obstacleOf(previewHost())).toEqual({ text: null, way: null });
  });

  it('is told in the words of the case where there are any', () => {
    const host = previewHost({ reason: 'check_failed', detail: 'login page: expected text not found' });
    expect(obstacleOf(host).text).toBe('Login page: expected text not found');
    expect(obstacleOf(previewHost({ reason: 'check_failed' })).text).toBe('A check fails');
  });

  it('does not name the host again', () => {
    const known = { fqdn: 'pg-01.example.org', detail: 'pg-01.example.org has no agent' };
    const host = previewHost({ ...known, reason: 'agent_unreachable', outcome: 'will_not_start' });
    expect(obstacleOf(host).text).toBe('Has no agent');
  });

  it('is said by its reason alone where the words of the case say no more', () => {
    const silent = previewHost({
      reason: 'agent_unreachable',
      outcome: 'would_wait',
      detail: 'the agent is lost',
    });
    expect(obstacleOf(silent).text).toBe('Agent unreachable');
    expect(obstacleOf(previewHost({ reason: 'no_window', detail: 'has no window' })).text).toBe('No window');
  });

  it.each(runReason.options)('leads somewhere for “%s”', (reason) => {
    expect(obstacleOf(previewHost({ reason })).way).not.toBeNull();
  });
});

describe('the risks', () => {
  it('are none where every host is ready or waits at its gate', () => {
    expect(risksOf(previewOf([previewHost(), previewHost({ outcome: 'would_wait' })]))).toEqual([]);
  });

  it('are one for hosts without a gate and one for hosts left out', () => {
    const risks = risksOf(previewOf([previewHost(), bare(), bare(), bare(), stuck()]));
    expect(risks.map(({ text }) => text)).toEqual([
      '3 hosts have no checks. Patch them without a gate.',
      '1 host will not start. Leave it out of this job.',
    ]);
  });

  it('are of these hosts: another one is another risk', () => {
    const [one, two] = [bare(), bare()];
    const [first] = risksOf(previewOf([one, previewHost()]));
    const [second] = risksOf(previewOf([two, previewHost()]));
    expect(first?.text).toBe(second?.text);
    expect(first?.key).not.toBe(second?.key);
  });

  it('do not offer to leave everything out', () => {
    expect(risksOf(previewOf([stuck(), stuck()]))).toEqual([]);
  });
});

it('names the place of a host in the roll-out', () => {
  expect(placeOf(previewHost({ batch: 0 }), true)).toBe('Canary');
  expect(placeOf(previewHost({ batch: 2 }), true)).toBe('Batch 2');
  expect(placeOf(stuck(), true)).toBe('left out');
});

it('says how many checks are the trouble', () => {
  const checks = { total: 4, healthy: 3, unhealthy: 1, unknown: 0 };
  expect(healthOf(previewHost({ health_check_status: 'unhealthy', health_checks: checks }))).toBe(
    'Unhealthy, 1 of 4',
  );
  expect(healthOf(previewHost())).toBeNull();
});
