import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig, variables } from '../../apps/server/src/config/config.schema.js';
import { readCompose, readDeployed, repository } from './deploy-files.js';

const { services, secrets, volumes } = readCompose();
const own = ['migrate', 'api', 'worker'];
const roles = Object.entries(services).filter(([name]) => own.includes(name));

describe('docker-compose.yml', () => {
  test('has a PostgreSQL, migrations, an api and a worker, of one version each', () => {
    expect(Object.keys(services)).toEqual(['postgres', ...own]);
    const { version } = JSON.parse(readDeployed('package.json')) as { version: string };
    expect(new Set(roles.map(([, { image }]) => image))).toEqual(new Set([`patchgate:${version}`]));
    expect(services['postgres']!.image).toMatch(/^postgres:18\.\d+-[a-z]+$/);
    expect(roles.map(([, { command }]) => command)).toEqual(own.map((name) => [name]));
  });

  test.each(Object.entries(services))(
    'SEC-O1 the container %s has a read-only root, no capability and no way to gain one',
    (_name, service) => {
      expect(service.read_only).toBe(true);
      expect(service.cap_drop).toEqual(['ALL']);
      expect(service.security_opt).toContain('no-new-privileges:true');
      // Ours are told by the Dockerfile; nobody may make them root again.
      expect(service.user ?? 'as the image says').not.toMatch(/^(root|0)\b/);
    },
  );

  test('names settings that there are, with values that fit', () => {
    for (const [name, { environment = {} }] of roles) {
      expect(Object.keys(environment).filter((variable) => !variables.includes(variable))).toEqual([]);
      const values = Object.entries(environment)
        .filter(([variable]) => !variable.endsWith('_FILE'))
        .map(([variable, value]) => [variable, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')]);
      expect(() => readConfig(Object.fromEntries(values) as Record<string, string>), name).not.toThrow();
    }
  });

  test('gives each secret as a file to those alone who need it, and the owner of the tables to the migrations', () => {
    expect(
      Object.fromEntries(Object.entries(services).map(([name, service]) => [name, service.secrets])),
    ).toEqual({
      postgres: ['postgres_password', 'database_url', 'migration_database_url'],
      migrate: ['database_url', 'migration_database_url'],
      api: ['database_url'],
      worker: ['database_url'],
    });
    for (const { environment = {}, secrets: given = [] } of Object.values(services)) {
      for (const [variable, value] of Object.entries(environment)) {
        if (/PASSWORD|URL_FILE/.test(variable)) expect(value).toMatch(/^\/run\/secrets\/(\w+)$/);
        const [, secret] = /^\/run\/secrets\/(\w+)$/.exec(value) ?? [];
        if (secret !== undefined) expect(given).toContain(secret);
      }
    }
  });

  test('asks each process by the command that there is, at the port where it tells its health', () => {
    const config = readConfig({});
    const asked = (role: string) => services[role]!.healthcheck!.test;
    const waits = (port: number) => [
      'CMD',
      'node',
      '/app/apps/server/dist/main.cli.js',
      'wait',
      `http://127.0.0.1:${port}`,
      '--timeout',
      '3s',
    ];
    expect(asked('api')).toEqual(waits(config.managementPort));
    expect(asked('worker')).toEqual(waits(config.workerManagementPort));
    expect(services['api']!.ports).toEqual([`${config.port}:${config.port}`]);
    expect(readDeployed('Dockerfile')).toContain(
      `EXPOSE ${config.port} ${config.managementPort} ${config.workerManagementPort}`,
    );
  });

  test('keeps the key on a volume of its own, where the image says it is', () => {
    const [, directory] = /PATCHGATE_KEY_DIR=(\S+)/.exec(readDeployed('Dockerfile')) ?? [];
    for (const role of ['api', 'worker']) expect(services[role]!.volumes).toEqual([`keys:${directory!}`]);
    expect(Object.keys(volumes)).toEqual(['database', 'keys']);
    expect(services['migrate']!.volumes).toBeUndefined();
  });

  test('lets both drain before it kills them', () => {
    for (const role of ['api', 'worker'])
      expect(Number.parseInt(services[role]!.stop_grace_period!)).toBeGreaterThanOrEqual(30);
  });

  test('mounts files that there are', () => {
    const mounted = Object.values(services)
      .flatMap((service) => service.volumes ?? [])
      .filter((volume) => volume.startsWith('./'))
      .map((volume) => volume.split(':')[0]!);
    expect(mounted).not.toEqual([]);
    expect(mounted.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
  });
});

// The script of docs/operations/deploy.md.
test('the secrets of compose are made once, different ones each, where nobody else may look', () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'patchgate-compose-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const directory = path.join(parent, 'secrets');
  const make = () =>
    spawnSync('sh', [path.join(repository, 'deploy/compose/make-secrets.sh'), directory], {
      encoding: 'utf8',
    });
  expect(make().status).toBe(0);
  const read = () =>
    Object.fromEntries(
      readdirSync(directory).map((file) => [file, readFileSync(path.join(directory, file), 'utf8')]),
    );
  const made = read();
  expect(Object.keys(made).sort()).toEqual(
    Object.values(secrets)
      .map(({ file }) => path.basename(file))
      .sort(),
  );
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  const passwords = Object.values(made).map((text) => /[0-9a-f]{48}/.exec(text)?.[0]);
  expect(new Set(passwords).size).toBe(3);
  expect(passwords).not.toContain(undefined);
  const files = Object.keys(made).map((file) => path.join(directory, file));
  const [database, migration] = [
    files.find((file) => file.endsWith('/database_url'))!,
    files.find((file) => file.includes('migration'))!,
  ];
  const config = readConfig({
    DATABASE_URL_FILE: database,
    PATCHGATE_MIGRATION_DATABASE_URL_FILE: migration,
  });
  expect(new URL(config.databaseUrl!).username).toBe('patchgate_app');
  expect(make()).toMatchObject({ status: 0, stdout: '' });
  expect(read()).toEqual(made);
});
