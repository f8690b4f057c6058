import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ProbeContext } from './attempt.js';
import { probeHttp } from './http-probe.js';
import type { HttpCheck } from './http-probe.js';
import { localContext, startTargets } from './targets.fixture.js';
import type { Targets } from './targets.fixture.js';

let targets: Targets;
let context: ProbeContext;
beforeAll(async () => {
  targets = await startTargets();
  context = localContext(targets);
});
afterAll(() => targets.stop());

const urlOf = (name: string, path = '/'): string => `http://127.0.0.1:${targets.port(name)}${path}`;

function check(url: string, changes: Partial<HttpCheck> = {}): HttpCheck {
  return { type: 'http', url, expectedBody: 'ready', ignoreCertErrors: true, basicAuth: null, ...changes };
}

describe('a good answer', () => {
  test.each(['/ok', '/gzip', '/br', '/zstd', '/split', '/redirect'])('%s is healthy', async (path) => {
    const result = await probeHttp(check(urlOf('good', path)), context);
    expect(result).toMatchObject({
      healthy: true,
      reason: 'ok',
      detail: 'HTTP 200, the body contains the expected text',
      address: '127.0.0.1',
    });
    expect(Object.keys(result.phases)).toEqual(['dns', 'connect', 'first_byte', 'body']);
  });

  test.each(['/latin1', '/utf16'])('%s is read in its own character set', async (path) => {
    const expectedBody = 'überall bereit';
    expect(await probeHttp(check(urlOf('good', path), { expectedBody }), context)).toMatchObject({
      reason: 'ok',
    });
    const other = check(urlOf('good', path), { expectedBody: 'Überall' });
    expect(await probeHttp(other, context)).toMatchObject({ reason: 'no_match' });
  });
});

describe('an answer that is not good', () => {
  test.each([
    ['/other', 'no_match', 'the body does not contain the expected text'],
    ['/empty', 'no_match', 'the body does not contain the expected text'],
    ['/late', 'no_match_in_cap', 'the first 256 KiB of the body do not contain the expected text'],
    ['/down', 'status', 'HTTP 503'],
    ['/missing', 'status', 'HTTP 404'],
    ['/not-modified', 'status', 'HTTP 304'],
  ])('%s is %s', async (path, reason, detail) => {
    expect(await probeHttp(check(urlOf('good', path)), context)).toMatchObject({
      healthy: false,
      reason,
      detail,
    });
  });

  test('nobody there is a refused connection', async () => {
    const result = await probeHttp(check('http://127.0.0.1:1/'), context);
    expect(result).toMatchObject({ healthy: false, reason: 'connect', detail: 'connection refused' });
  });

  test('a name that nobody knows', async () => {
    const result = await probeHttp(check('http://nobody.invalid/'), context);
    expect(result).toMatchObject({ healthy: false, reason: 'dns', address: null });
  });
});

describe('hostile targets', () => {
  test.each([
    ['silent', 'timeout'],
    ['header-drip', 'timeout'],
    ['body-drip', 'timeout'],
    ['endless-body', 'no_match_in_cap'],
    ['endless-headers', 'http'],
    ['huge-length', 'timeout'],
    ['gzip-bomb', 'no_match_in_cap'],
    ['redirect-loop', 'http'],
    ['redirect-to-metadata', 'blocked'],
    ['redirect-to-file', 'http'],
    ['reset-mid-body', 'body'],
    ['closes-mid-body', 'body'],
    ['half-open', 'http'],
    ['continue-flood', 'http'],
    ['broken-chunking', 'body'],
    ['no-http', 'http'],
    ['unknown-coding', 'body'],
    ['tls-stall', 'tls-timeout'],
  ])('%s is %s, in time and in bounded memory', async (name, reason) => {
    const scheme = reason === 'tls-timeout' ? 'https' : 'http';
    const url = `${scheme}://127.0.0.1:${targets.port(name)}/`;
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    const result = await probeHttp(check(url), context);
    expect(result).toMatchObject({ healthy: false, reason: reason.replace('tls-', '') });
    expect(performance.now() - startedAt).toBeLessThan(context.deadlineMs + 1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  test('a name server that does not answer costs no more than the deadline', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const result = await probeHttp(check('http://slow.example/'), { ...context, resolve, deadlineMs: 200 });
    expect(result).toMatchObject({ reason: 'timeout', address: null });
  });

  test('a name with thousands of addresses is refused', async () => {
    const resolve = () =>
      Promise.resolve(Array.from({ length: 5_000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`));
    const result = await probeHttp(check('http://huge.example/'), { ...context, resolve });
    expect(result).toMatchObject({ reason: 'dns', detail: 'the name has more than 64 addresses' });
  });
});

describe('certificates', () => {
  const secure = (name: string, changes: Partial<HttpCheck> = {}) =>
    probeHttp(check(`https://127.0.0.1:${targets.port(name)}/ok`, changes), context);

  test.each([
    ['tls-expired', 'the certificate has expired'],
    ['tls-not-yet', 'the certificate is not valid yet'],
    ['tls-wrong-name', 'the certificate is not for 127.0.0.1'],
    ['tls-common-name-only', 'the certificate is not for 127.0.0.1'],
    ['tls-untrusted', 'the certificate comes from an authority that is not trusted'],
  ])('%s fails the check, or is told when its errors are ignored', async (name, problem) => {
    expect(await secure(name, { ignoreCertErrors: false })).toMatchObject({
      healthy: false,
      reason: 'cert',
      detail: problem,
      certificate: { problem },
    });
    expect(await secure(name)).toMatchObject({ healthy: true, certificate: { problem } });
  });

  test('the common name is no name, even where it is the right one', async () => {
    const url = `https://localhost:${targets.port('tls-common-name-only')}/ok`;
    expect(await probeHttp(check(url, { ignoreCertErrors: false }), context)).toMatchObject({
      reason: 'cert',
      detail: 'the certificate is not for localhost',
    });
  });

  test('a good one is judged as such, by address and by name', async () => {
    const result = await secure('tls-good', { ignoreCertErrors: false });
    expect(result).toMatchObject({
      healthy: true,
      certificate: { problem: null, issuer: 'CN=Trusted authority' },
    });
    expect(Date.parse(result.certificate?.valid_to ?? '')).toBeGreaterThan(Date.now());
    expect(Object.keys(result.phases)).toEqual(['dns', 'connect', 'tls', 'first_byte', 'body']);
    const byName = check(`https://localhost:${targets.port('tls-good')}/ok`, { ignoreCertErrors: false });
    expect(await probeHttp(byName, context)).toMatchObject({ healthy: true });
  });
});

describe('redirects', () => {
  const redirectTo = (from: string, to: string) => `${from}/ok?to=${encodeURIComponent(to)}`;
  const basicAuth = { user: 'anna', password: 'pässword' };
  const token = Buffer.from('anna:pässword').toString('base64');

  test('the password stays at the origin of the check', async () => {
    const own = urlOf('good', '/authorization');
    const sent = check(own, { basicAuth, expectedBody: `ready Basic ${token}` });
    expect(await probeHttp(sent, context)).toMatchObject({ healthy: true });
    const sameOrigin = { ...sent, url: redirectTo(urlOf('good', '').replace(/\/$/, ''), '/authorization') };
    expect(await probeHttp(sameOrigin, context)).toMatchObject({ healthy: true });
    const elsewhere = `http://localhost:${targets.port('good')}/authorization`;
    const away = check(redirectTo(urlOf('good', '').replace(/\/$/, ''), elsewhere), { basicAuth });
    expect(await probeHttp({ ...away, expectedBody: 'ready none' }, context)).toMatchObject({
      healthy: true,
    });
  });

  test('from https to http are refused', async () => {
    const url = redirectTo(`https://127.0.0.1:${targets.port('tls-good')}`, urlOf('good', '/ok'));
    const result = await probeHttp(check(url), context);
    expect(result).toMatchObject({ reason: 'http', detail: 'a redirect from https to http' });
  });
});

test('each probe has a connection of its own', async () => {
  const before = targets.connections('good');
  for (let round = 0; round < 3; round += 1) await probeHttp(check(urlOf('good', '/ok')), context);
  await expect.poll(() => targets.connections('good')).toBe(before + 3);
});
