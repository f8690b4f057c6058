import { X509Certificate } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { MovedClock } from '../../platform/clock/moved-clock.fixture.js';
import { createAuthority, createServerCertificate } from './certificates.js';
import type { SubjectName } from './sign-certificate.js';
import { OwnCertificate } from './own-certificate.js';

const start = new Date('2031-05-06T07:08:09.000Z');
const dayMs = 86_400_000;

let clock: MovedClock;
let names: SubjectName[];
let certificate: OwnCertificate;
beforeEach(async () => {
  clock = new MovedClock(start);
  names = [{ type: 'ip', value: '192.0.2.7' }];
  const authority = await createAuthority('one', start);
  const issuer = {
    issueServerCertificate: (wanted: readonly SubjectName[]) =>
      createServerCertificate(authority, { names: wanted, now: clock.now() }),
  };
  certificate = await OwnCertificate.issue(issuer, () => names, clock);
});

test('it is kept for two thirds of its life and then replaced, again and again', async () => {
  const first = certificate.current;
  clock.passedMs = 59.9 * dayMs;
  expect(await certificate.renew()).toBeUndefined();
  expect(certificate.current).toEqual(first);
  clock.passedMs = 60 * dayMs;
  const second = await certificate.renew();
  expect(second).toEqual(certificate.current);
  expect(second!.key).not.toBe(first.key);
  expect(new X509Certificate(second!.cert).validToDate).toEqual(new Date(start.getTime() + 150 * dayMs));
  expect(await certificate.renew()).toBeUndefined();
  clock.passedMs = 120 * dayMs;
  expect(await certificate.renew()).toBeDefined();
});

test('it is replaced as soon as the machine has another address', async () => {
  expect(await certificate.renew()).toBeUndefined();
  names = [...names, { type: 'ip', value: '192.0.2.8' }];
  const renewed = await certificate.renew();
  expect(new X509Certificate(renewed!.cert).checkIP('192.0.2.8')).toBe('192.0.2.8');
  expect(await certificate.renew()).toBeUndefined();
});
