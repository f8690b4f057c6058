import { expect, it } from 'vitest';
import { readConfig } from '../config/config.schema.js';
import { allowedByDefault, patchgateChildren } from './patchgate-children.js';

const loopback = '127.0.0.0/8,::1';
const allowedFor = (environment: Record<string, string>) => {
  const config = readConfig(environment);
  const program = { node: 'node', directory: '/dist', environment, config };
  const children = patchgateChildren(program, { appUrl: 'postgres://a', migrationUrl: undefined }, {});
  return [...new Set(children.map((child) => child.environment.PATCHGATE_PROBE_ALLOW_CIDRS))];
};

it('lets checks reach the machine that runs everything, its database included', () => {
  expect(allowedFor({})).toEqual([loopback]);
  expect(allowedByDefault(readConfig({}))).toBe(loopback);
});

it.each([
  [{ PATCHGATE_PROBE_ALLOW_CIDRS: '10.0.0.0/8' }, '10.0.0.0/8'],
  [{ DATABASE_URL: 'postgres://app@db.example.org/patchgate' }, undefined],
])('leaves it to the settings and the rule with %j', (environment: Record<string, string>, allowed) => {
  expect(allowedFor(environment)).toEqual([allowed]);
  expect(allowedByDefault(readConfig(environment))).toBeUndefined();
});

it.each([
  [{}, '64'],
  [{ UV_THREADPOOL_SIZE: '8' }, '8'],
])(
  'gives the worker threads to look up names in, with %j',
  (environment: Record<string, string>, threads) => {
    const program = { node: 'node', directory: '/dist', environment, config: readConfig(environment) };
    const children = patchgateChildren(program, { appUrl: 'postgres://a', migrationUrl: undefined }, {});
    const worker = children.find(({ name }) => name === 'worker');
    expect(worker?.environment.UV_THREADPOOL_SIZE).toBe(threads);
  },
);

it('tells the processes the URL of the app alone, though their parent read it and that of the owner from files', () => {
  const files = {
    DATABASE_URL_FILE: '/run/secrets/database-url',
    PATCHGATE_MIGRATION_DATABASE_URL_FILE: '/run/secrets/migration-database-url',
    PATCHGATE_ADMIN_PASSWORD_FILE: '/run/secrets/admin-password',
  };
  const program = { node: 'node', directory: '/dist', environment: files, config: readConfig({}) };
  const database = { appUrl: 'postgres://a', migrationUrl: 'postgres://o' };
  const [api, worker] = patchgateChildren(program, database, {}).map(({ environment }) => environment);
  expect(api).toMatchObject({
    DATABASE_URL: 'postgres://a',
    PATCHGATE_ADMIN_PASSWORD_FILE: '/run/secrets/admin-password',
  });
  expect(Object.keys(worker!).filter((name) => name.endsWith('_FILE'))).toEqual([]);
});
