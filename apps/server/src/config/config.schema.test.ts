import { describe, expect, it } from 'vitest';
import { readConfig } from './config.schema.js';

const app = 'postgres://app:secret@db.example.org/patchgate';
const owner = 'postgres://owner:secret@db.example.org/patchgate';
const files = { PATCHGATE_TLS_CERT: '/etc/tls/cert.pem', PATCHGATE_TLS_KEY: '/etc/tls/key.pem' };
const proxy = { PATCHGATE_TRUSTED_PROXIES: '192.0.2.1' };
const https = { PATCHGATE_PUBLIC_URL: 'https://patchgate.example.org' };

const beyond = (host = '0.0.0.0') => ({ PATCHGATE_HOST: host });

describe('how the api is reached', () => {
  it.each<[string, Record<string, string>]>([
    ['plain', {}],
    ['plain', { PATCHGATE_HOST: 'localhost' }],
    ['plain', { PATCHGATE_HOST: '::1' }],
    ['plain', { PATCHGATE_HOST: '127.8.9.10' }],
    ['plain', { PATCHGATE_HOST: '::ffff:127.0.0.1' }],
    ['plain', { ...proxy, ...https }],
    ['plain', proxy],
    ['plain', { PATCHGATE_PUBLIC_URL: 'http://localhost:3000' }],
    ['plain', { PATCHGATE_PUBLIC_URL: 'http://[::1]:3000' }],
    ['plain', { ...beyond(), ...proxy, ...https }],
    ['own_certificate', beyond()],
    ['own_certificate', beyond('::')],
    ['own_certificate', beyond('192.0.2.7')],
    ['own_certificate', { ...beyond(), ...https }],
    ['certificate_files', files],
    ['certificate_files', { ...beyond(), ...files, ...https }],
    ['certificate_files', { ...beyond(), ...files, ...proxy }],
  ])('is %s with %j', (kind, environment) => {
    expect(readConfig(environment).transport.kind).toBe(kind);
  });

  it('names the files to serve with', () => {
    expect(readConfig(files).transport).toEqual({
      kind: 'certificate_files',
      certFile: '/etc/tls/cert.pem',
      keyFile: '/etc/tls/key.pem',
    });
  });
});

describe('settings that work together', () => {
  it.each<[string, Record<string, string>]>([
    [
      'one port on two addresses',
      { PATCHGATE_PORT: '8080', PATCHGATE_HOST: '192.0.2.7', PATCHGATE_MANAGEMENT_HOST: '192.0.2.8' },
    ],
    ['free ports', { PATCHGATE_PORT: '0', PATCHGATE_MANAGEMENT_PORT: '0' }],
    ['one management port, for two machines', { PATCHGATE_WORKER_MANAGEMENT_PORT: '8080' }],
    ['two roles', { DATABASE_URL: app, PATCHGATE_MIGRATION_DATABASE_URL: owner }],
    ['a public URL with a slash', { PATCHGATE_PUBLIC_URL: 'https://patchgate.example.org/' }],
    ['empty variables', { PATCHGATE_HOST: '', PATCHGATE_TLS_CERT: '', DATABASE_URL: '' }],
  ])('are %s', (_name, environment) => {
    expect(() => readConfig(environment)).not.toThrow();
  });
});

describe('what checks may do', () => {
  it('is ten seconds a check, five minutes between, four days of results, and no certificate of our own', () => {
    expect(readConfig({})).toMatchObject({
      checkTimeoutMs: 10_000,
      pollIntervalMs: 300_000,
      resultRetentionMs: 4 * 24 * 3_600_000,
      probes: { allow: [], deny: [], clientCertificate: undefined },
    });
  });

  it.each([
    ['PATCHGATE_CLIENT_KEY', { PATCHGATE_CLIENT_CERT: '/etc/client.pem' }],
    ['PATCHGATE_CLIENT_CERT', { PATCHGATE_CLIENT_KEY: '/etc/client.key' }],
    ['PATCHGATE_PROBE_DENY_CIDRS', { PATCHGATE_PROBE_DENY_CIDRS: '10.0.0.0/33' }],
    ['PATCHGATE_CHECK_TIMEOUT_MS', { PATCHGATE_CHECK_TIMEOUT_MS: '10s' }],
  ])('names %s when it does not fit', (variable, environment: Record<string, string>) => {
    expect(() => readConfig(environment)).toThrow(new RegExp(`^${variable}: given`));
  });
});
