import { expect, it } from 'vitest';
import { previewHost, previewOf } from './preview.fixture.js';
import { warningsOf } from './warnings.js';

const wordsOf = (...hosts: Parameters<typeof previewOf>[0]) =>
  warningsOf(previewOf(hosts)).map(({ word, hosts: of }) => `${of.length} ${word}`);

it('warns of nothing where every host is healthy and has a window', () => {
  expect(wordsOf(previewHost(), previewHost())).toEqual([]);
});

it('warns of the worst first', () => {
  const words = wordsOf(
    previewHost({ health_check_status: 'none' }),
    previewHost({ health_check_status: 'unknown', reason: 'agent_unreachable' }),
    previewHost({ health_check_status: 'unhealthy' }),
    previewHost({ health_check_status: 'unhealthy' }),
    previewHost({ reason: 'no_window' }),
    previewHost({ busy_in: { job_id: 'j', number: 7, run_id: 'r' } }),
  );
  expect(words).toEqual([
    '1 busy in another job',
    '1 without a window',
    '1 whose agent cannot be used',
    '2 unhealthy',
    '1 without a fresh result',
    '1 without checks',
  ]);
});

it('counts a host in each trouble it has', () => {
  expect(wordsOf(previewHost({ reason: 'no_window', health_check_status: 'unhealthy' }))).toEqual([
    '1 without a window',
    '1 unhealthy',
  ]);
});
