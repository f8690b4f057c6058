import type { HealthCheckView } from '@patchgate/contracts';
import { checkInput, healthCheckEndpoints } from '@patchgate/contracts';
import { describe, expect, it } from 'vitest';
import { newValues, toCheckBody, valuesOf } from './check-values.js';
import type { CheckValues } from './check-values.js';
import { checkTypes } from './check-words.js';

const host = { address: '10.20.4.17' };
const named = { name: 'It answers', service_name: 'nginx', url: 'https://a.example/health' };
const stored: HealthCheckView = {
  ...healthCheckEndpoints.create.example.response,
  basic_auth_user: 'monitor',
  has_basic_auth_pass: true,
};

it.each([
  ['service', {}, { service_name: 'nginx' }],
  [
    'http',
    { expected_body: 'ready' },
    { expected_body: 'ready', ignore_cert_errors: true, basic_auth_user: null },
  ],
  [
    'tcp',
    { target_port: '6380' },
    { target_port: 6380, use_tls: false, use_client_cert: false, ignore_cert_errors: false },
  ],
  [
    'fastcgi',
    {},
    { target_host: '10.20.4.17', target_port: 9000, script_path: '/fpm-ping', expected_body: 'pong' },
  ],
] as const)('starts a %s check with its defaults, as the API takes it', (type, typed, expected) => {
  const body = toCheckBody(type, { ...newValues(type, host), ...named, ...typed }, false);
  expect(checkInput.parse(body)).toMatchObject({
    name: 'It answers',
    enabled: true,
    check_type: type,
    ...expected,
  });
});

it.each(checkTypes)('sends every field of a saved %s check back, and none of another type', (type) => {
  const fields = {
    service: { service_name: 'nginx' },
    http: { url: 'https://a.example/', expected_body: 'x', ignore_cert_errors: false },
    tcp: {
      target_host: 'a.example',
      target_port: 1,
      use_tls: true,
      use_client_cert: true,
      ignore_cert_errors: true,
    },
    fastcgi: { target_host: 'a.example', target_port: 1, script_path: '/p', expected_body: 'x' },
  }[type];
  const { id, host_id, revision, status, since, created_at, updated_at } = stored;
  const saved: HealthCheckView = {
    ...{ id, host_id, revision, status, since, created_at, updated_at, last_result: null },
    ...{ name: 'A', enabled: false, check_type: type, has_basic_auth_pass: false, ignore_cert_errors: false },
    ...fields,
  };
  const body = toCheckBody(type, valuesOf(saved, host), false);
  expect(checkInput.parse(body)).toMatchObject({ name: 'A', enabled: false, check_type: type, ...fields });
});

it('leaves a port that is no number for the schema to refuse', () => {
  const body = toCheckBody('tcp', { ...newValues('tcp', host), name: 'A', target_port: '80 or so' }, false);
  expect(checkInput.safeParse(body).error?.issues.map((issue) => issue.path)).toEqual([['target_port']]);
});

it('presents no client certificate without TLS', () => {
  const values = { ...newValues('tcp', host), use_client_cert: true, ignore_cert_errors: true };
  expect(toCheckBody('tcp', values, false)).toMatchObject({
    use_client_cert: false,
    ignore_cert_errors: false,
  });
});

describe('the stored password', () => {
  const passwordIn = (changed: Partial<CheckValues>) =>
    toCheckBody('http', { ...valuesOf(stored, host), ...changed }, true) as {
      basic_auth_pass?: string | null;
    };

  it('is never in a form, and kept by being left out', () => {
    expect(valuesOf(stored, host)).toMatchObject({ basic_auth_pass: '', password: 'keep' });
    expect(passwordIn({})).not.toHaveProperty('basic_auth_pass');
  });

  it('is replaced, or cleared, or goes with its user', () => {
    expect(passwordIn({ password: 'replace', basic_auth_pass: 'new' }).basic_auth_pass).toBe('new');
    expect(passwordIn({ password: 'clear' }).basic_auth_pass).toBeNull();
    expect(passwordIn({ basic_auth_user: ' ' }).basic_auth_pass).toBeNull();
  });

  it('is not lost to a field left empty by mistake', () => {
    const body = passwordIn({ password: 'replace', expected_body: 'x', url: 'https://a.example' });
    expect(checkInput.safeParse(body).error?.issues.map((issue) => issue.path)).toEqual([
      ['basic_auth_pass'],
    ]);
  });
});
