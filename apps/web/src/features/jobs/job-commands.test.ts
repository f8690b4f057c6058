import { runStatus } from '@patchgate/contracts';
import type { JobStatusName, PatchJobView } from '@patchgate/contracts';
import { expect, test } from 'vitest';
import { commandsOf } from './job-commands.js';

const none = Object.fromEntries(runStatus.options.map((status) => [status, 0])) as PatchJobView['run_counts'];
const namesOf = (status: JobStatusName, failed = 0): string[] =>
  commandsOf({ status, run_counts: { ...none, failed } }).map(({ name }) => name);

test('a job that goes on can be paused, a paused one resumed', () => {
  expect(namesOf('running')).toEqual(['pause', 'cancel', 'takeOver']);
  expect(namesOf('queued')).toEqual(['pause', 'cancel', 'takeOver']);
  expect(namesOf('paused')).toEqual(['resume', 'cancel', 'takeOver']);
});

test('what failed can be tried again while the rest goes on, and after it', () => {
  expect(namesOf('running', 2)).toContain('retryFailed');
  expect(namesOf('partially_failed', 2)).toEqual(['retryFailed']);
});

test('of a job that is over without a failure nothing is to be asked', () => {
  expect(namesOf('succeeded')).toEqual([]);
  expect(namesOf('cancelled')).toEqual([]);
});
