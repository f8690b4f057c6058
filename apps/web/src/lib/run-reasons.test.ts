import { runReason } from '@patchgate/contracts';
import { expect, it } from 'vitest';
import { reasonInShort, reasonWithDetail, whatHappensNext, whatItMeans, whatToDo } from './run-reasons.js';

const reasons = runReason.options;
const aSentence = /^[A-Z][^_]{15,}\.$/;

it.each(reasons)('says what “%s” means, what happens next and what to do', (reason) => {
  expect(whatItMeans(reason)).toMatch(aSentence);
  expect(whatHappensNext(reason, 'waiting_health_check')).toMatch(aSentence);
  expect(whatHappensNext(reason, 'failed')).toMatch(aSentence);
  expect(whatToDo(reason)).toMatch(aSentence);
});

it('says each reason in words of its own', () => {
  for (const say of [reasonInShort, whatItMeans, whatToDo]) {
    expect(new Set(reasons.map(say)).size).toBe(reasons.length);
  }
});

it('has room for every short form in a line', () => {
  for (const reason of reasons) expect(reasonInShort(reason)).toMatch(/^[A-Z][^._]{3,25}$/);
});

it.each(['succeeded', 'failed', 'cancelled', 'indeterminate'] as const)(
  'speaks of a run “%s” as over',
  (status) => {
    expect(whatHappensNext('check_failed', status)).toContain('was not touched');
  },
);

it.each(['queued', 'waiting_health_check', 'dispatching', 'running'] as const)(
  'speaks of a run “%s” as going on',
  (status) => {
    expect(whatHappensNext('check_failed', status)).toContain('asked again');
  },
);

it('promises an untouched host only where no order was sent', () => {
  const touched = ['patch_failed', 'reboot_timeout', 'regressed', 'unknown_outcome'] as const;
  for (const reason of touched) expect(whatHappensNext(reason, 'failed')).not.toContain('not touched');
});

it('adds what is known of the case', () => {
  expect(reasonWithDetail('check_failed', 'Storefront: status 503')).toBe(
    'A check fails: Storefront: status 503',
  );
  expect(reasonWithDetail('batch_wait', null)).toBe('Waits for its turn');
});
