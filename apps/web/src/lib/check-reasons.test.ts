import { probeReason } from '@patchgate/contracts';
import { expect, it } from 'vitest';
import { inShort, whatHappened, whatToLookAt } from './check-reasons.js';

const reasons = probeReason.options;
const failures = reasons.filter((reason) => reason !== 'ok');

it.each(reasons)('says in one sentence what “%s” means', (reason) => {
  const sentence = whatHappened({ reason, detail: '' });
  expect(sentence).toMatch(/^[A-Z][^.:]+\.$/);
  expect(sentence, 'words for people, no code').not.toMatch(/_|undefined/);
});

it.each(failures)('says where to look after “%s”', (reason) => {
  expect(whatToLookAt(reason)).toMatch(/^[A-Z].{20,}\.$/);
});

it('says each reason in words of its own', () => {
  const sentences = reasons.map((reason) => whatHappened({ reason, detail: '' }));
  expect(new Set(sentences).size).toBe(reasons.length);
  expect(new Set(failures.map(whatToLookAt)).size).toBe(failures.length);
});

it('has nothing to look at when nothing is wrong', () => {
  expect(whatToLookAt('ok')).toBe('');
});

it('adds the detail of the probe, with one full stop', () => {
  expect(whatHappened({ reason: 'connect', detail: 'connection refused' })).toBe(
    'No connection could be made: connection refused.',
  );
  expect(whatHappened({ reason: 'status', detail: 'HTTP 503.' })).toMatch(/: HTTP 503\.$/);
});

it('is short where there is little room', () => {
  expect(inShort({ reason: 'status', detail: 'HTTP 503' })).toBe('HTTP 503');
  expect(inShort({ reason: 'pool_busy', detail: '' })).toBe('the pool is busy');
  expect(inShort({ reason: 'tls', detail: 'the server closed after the handshake' })).toBe(
    'the TLS handshake failed',
  );
});
