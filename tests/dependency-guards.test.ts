import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const repository = path.resolve(import.meta.dirname, '..');
const cruiser = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

/** The rules that a workspace with one import from a file to another breaks, by the real configuration. */
function rulesBroken(from: string, to: string, back = false): string[] {
  const workspace = mkdtempSync(path.join(tmpdir(), 'patchgate-dependencies-'));
  onTestFinished(() => rmSync(workspace, { recursive: true, force: true }));
  const relative = (start: string, end: string) =>
    path
      .relative(path.dirname(start), end)
      .replace(/^(?!\.)/, './')
      .replace(/\.ts$/, '.js');
  const write = (file: string, imported: string | undefined) => {
    const target = path.join(workspace, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(
      target,
      imported === undefined ? 'export {};\n' : `import '${relative(file, imported)}';\n`,
    );
  };
  write(from, to);
  write(to, back ? from : undefined);
  writeFileSync(path.join(workspace, 'tsconfig.json'), '{}');
  const config = path.join(repository, '.dependency-cruiser.cjs');
  const { stdout } = spawnSync(
    process.execPath,
    [cruiser, '--config', config, '--output-type', 'json', from, to],
    { cwd: workspace, encoding: 'utf8' },
  );
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(report.summary.violations.map(({ rule }) => rule.name))];
}

const server = 'apps/server/src';

test.each([
  ['packages/dial/src/dial.ts', `${server}/platform/ids/new-id.ts`, 'packages-never-import-apps'],
  ['packages/domain/src/access.ts', 'packages/contracts/src/index.ts', 'domain-depends-on-nothing'],
  ['packages/contracts/src/index.ts', 'packages/domain/src/index.ts', 'contracts-depend-on-zod-only'],
  [
    'apps/agent/src/tls/trust.ts',
    'packages/dial/src/dial.ts',
    'agent-sees-contracts-and-service-health-only',
  ],
  [
    'apps/fastcgi-health/src/run-front.ts',
    'packages/domain/src/access.ts',
    'fastcgi-front-sees-what-asks-and-what-listens',
  ],
  ['apps/web/src/lib/api.ts', 'packages/dial/src/dial.ts', 'web-sees-contracts-and-domain-only'],
  ['apps/web/src/features/hosts/a.ts', 'apps/web/src/features/groups/b.ts', 'only-web-features-through-app'],
  ['apps/web/src/ui/button.ts', 'apps/web/src/app/routes.ts', 'web-ui-is-a-leaf'],
  [`${server}/platform/http/a.ts`, `${server}/features/hosts/b.ts`, 'platform-never-imports-features'],
  [
    `${server}/features/hosts/host.repository.ts`,
    `${server}/features/hosts/host.service.ts`,
    'repositories-below-services',
  ],
  [
    `${server}/features/hosts/host.service.ts`,
    `${server}/features/hosts/hosts.controller.ts`,
    'services-below-controllers',
  ],
  [
    `${server}/features/hosts/hosts.controller.ts`,
    `${server}/features/hosts/host.repository.ts`,
    'controllers-use-services',
  ],
  [
    `${server}/features/hosts/host.service.ts`,
    `${server}/features/groups/group.repository.ts`,
    'features-keep-their-repositories',
  ],
])('%s may not import %s: %s', { timeout: 30_000 }, (from, to, rule) => {
  expect(rulesBroken(from, to)).toContain(rule);
});

test('a circle of imports is refused', { timeout: 30_000 }, () => {
  expect(rulesBroken(`${server}/a.ts`, `${server}/b.ts`, true)).toEqual(['no-circular']);
});

test('an import that follows the direction is allowed', { timeout: 30_000 }, () => {
  expect(rulesBroken(`${server}/features/hosts/host.service.ts`, 'packages/contracts/src/index.ts')).toEqual(
    [],
  );
});
