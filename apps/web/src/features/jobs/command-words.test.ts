import { runStatus } from '@patchgate/contracts';
import type { PatchJobView } from '@patchgate/contracts';
import { expect, test } from 'vitest';
import { commandWords } from './command-words.js';

const none = Object.fromEntries(runStatus.options.map((status) => [status, 0])) as PatchJobView['run_counts'];
const job = (changed: Partial<PatchJobView>): PatchJobView =>
  ({
    run_counts: { ...none, queued: 48, waiting_health_check: 2, running: 3, verifying: 1, failed: 2 },
    ...{ failures: 2, paused: null, created_by: { id: null, name: 'Omar Haddad' } },
    ...changed,
  }) as PatchJobView;

test('a pause says who waits, who is finished and that windows go on closing', () => {
  const { happens } = commandWords(job({}), 'pause');
  expect(happens).toContain('50 hosts will wait');
  expect(happens).toContain('4 hosts being patched now will be finished');
  expect(happens).toContain('Windows go on closing');
});

test('a cancel says who is left alone and who may be patched all the same', () => {
  expect(commandWords(job({}), 'cancel').happens).toMatch(
    /^50 hosts will not be patched\. The agents of 4 hosts/,
  );
  const idle = job({ run_counts: { ...none, queued: 1 } });
  expect(commandWords(idle, 'cancel').happens).toContain(
    '1 host will not be patched. No host is being patched now.',
  );
});

test('a resume says what is accepted by it', () => {
  expect(commandWords(job({}), 'resume').happens).toContain('You accept 2 failures so far');
  expect(commandWords(job({ failures: 0 }), 'resume').happens).not.toContain('accept');
  const at = '2026-03-26T01:00:00.000Z';
  const paused = { at, reason: 'canary_failed' as const, by: null, detail: '' };
  expect(commandWords(job({ paused }), 'resume').happens).toContain('canary did not succeed');
});

test('a retry and a take-over say whom they are about', () => {
  expect(commandWords(job({}), 'retryFailed').happens).toContain('2 hosts that failed');
  expect(commandWords(job({}), 'takeOver').happens).toContain('instead of Omar Haddad');
});
