import { expect, it } from 'vitest';
import { judgeLives } from './certificate-check.js';
import type { CertificateLives } from './certificate-lives.repository.js';

const dayMs = 86_400_000;
const now = new Date('2031-05-06T07:08:09.000Z');
const at = (days: number) => new Date(now.getTime() + days * dayMs);
const left = (days: number, ofDays: number) => ({ notBefore: at(days - ofDays), notAfter: at(days) });

const well: CertificateLives = {
  authority: left(3000, 3650),
  manager: left(40, 90),
  nextAgent: left(200, 365),
  revocationListMadeAt: at(-0.4),
};

it.each<[string, Partial<CertificateLives>]>([
  ['all is well', {}],
  ['no agent has one yet', { nextAgent: null }],
  [
    'the notice is a day away',
    { authority: left(181, 3650), manager: left(16, 90), nextAgent: left(62, 365) },
  ],
])('is healthy when %s', (_when, lives) => {
  expect(judgeLives({ ...well, ...lives }, now)).toEqual({ status: 'healthy' });
});

it.each<[string, string, Partial<CertificateLives>]>([
  ['unhealthy', 'authority_missing', { authority: null }],
  ['unhealthy', 'authority_ended', { authority: left(0, 3650) }],
  ['unhealthy', 'manager_certificate_missing', { manager: null }],
  ['unhealthy', 'manager_certificate_ended', { manager: left(-1, 90) }],
  ['degraded', 'agent_certificate_ended', { nextAgent: left(0, 365) }],
  ['degraded', 'manager_certificate_ending', { manager: left(14.9, 90) }],
  ['degraded', 'agent_certificate_ending', { nextAgent: left(60, 365) }],
  ['degraded', 'authority_ending', { authority: left(179, 3650) }],
  ['degraded', 'revocation_list_missing', { revocationListMadeAt: null }],
  ['degraded', 'revocation_list_old', { revocationListMadeAt: at(-1.1) }],
])('is %s for %s', (status, reason, lives) => {
  expect(judgeLives({ ...well, ...lives }, now)).toEqual({ status, reason });
});

it('says the worst first', () => {
  const lives = { ...well, manager: left(-1, 90), nextAgent: left(-1, 365), revocationListMadeAt: null };
  expect(judgeLives(lives, now).reason).toBe('manager_certificate_ended');
});
