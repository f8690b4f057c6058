import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { missingPrograms } from '../debian-packages.js';
import { readConfig, variables } from '../../apps/server/src/config/config.schema.js';
import { readDeployed, unitFile, units, unitValues } from './deploy-files.js';

const analyze = '/usr/bin/systemd-analyze';
const noSystemd = missingPrograms([analyze], ['systemd']);
/** Tenths of what systemd itself takes for exposed: below 20 is what it calls OK, and the agent installs packages. */
const mostExposed = {
  'patchgate-api': 15,
  'patchgate-migrate': 15,
  'patchgate-worker': 15,
  'patchgate-agent': 25,
};

describe.skipIf(noSystemd !== null)('systemd itself', () => {
  test.each(units)('SEC-O1 takes the sandbox of %s for a tight one', (unit) => {
    const { status, stdout, stderr } = spawnSync(
      analyze,
      ['security', '--offline=true', `--threshold=${mostExposed[unit]}`, unitFile(unit)],
      { encoding: 'utf8' },
    );
    expect([status, stderr], stdout.split('\n').at(-2)).toEqual([0, '']);
  });

  test.each(units)('finds nothing to complain of in %s', (unit) => {
    const { stderr } = spawnSync(analyze, ['verify', '--recursive-errors=no', unitFile(unit)], {
      encoding: 'utf8',
    });
    // The programs are not where the unit has them; that is all it may say.
    const complaints = stderr.split('\n').filter((line) => line !== '' && !/is not executable/.test(line));
    expect(complaints).toEqual([]);
  });
});

describe.each(['patchgate-api', 'patchgate-worker'] as const)('%s.service', (unit) => {
  test('SEC-O1 may write where the keys are and nowhere else', () => {
    expect(unitValues(unit, 'ProtectSystem')).toEqual(['strict']);
    expect(unitValues(unit, 'ReadWritePaths')).toEqual(['/etc/patch-manager/keys']);
    for (const more of ['StateDirectory', 'CacheDirectory', 'LogsDirectory', 'RuntimeDirectory', 'BindPaths'])
      expect(unitValues(unit, more)).toEqual([]);
    const environment = environmentOf(unit);
    expect(environment['PATCHGATE_KEY_DIR']).toBe('/etc/patch-manager/keys');
    expect(unitValues(unit, 'User')).toEqual(['patchgate']);
    expect(unitValues(unit, 'CapabilityBoundingSet')).toEqual(['']);
  });

  test('drains before it is killed, and is not started again with settings that are wrong', () => {
    expect(Number(unitValues(unit, 'TimeoutStopSec')[0])).toBeGreaterThanOrEqual(30);
    expect(unitValues(unit, 'RestartPreventExitStatus')).toEqual(['78']);
  });
});

test.each(['patchgate-api', 'patchgate-migrate', 'patchgate-worker'])(
  '%s.service names settings that there are, and gets its secrets as credentials',
  (unit) => {
    const environment = environmentOf(unit);
    expect(Object.keys(environment).filter((name) => !variables.includes(name))).toEqual([]);
    const plain = Object.fromEntries(Object.entries(environment).filter(([name]) => !name.endsWith('_FILE')));
    expect(() => readConfig(plain)).not.toThrow();
    const credentials = unitValues(unit, 'LoadCredential').map((value) => value.split(':')[0]);
    const files = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));
    expect(files.map(([, value]) => value)).toEqual(credentials.map((name) => `%d/${name!}`));
    expect(files).not.toEqual([]);
  },
);

test('the worker has the threads to look up names that `patchgate start` gives it', () => {
  expect(environmentOf('patchgate-worker')['UV_THREADPOOL_SIZE']).toBe('64');
  expect(readDeployed('docker-compose.yml')).toContain("UV_THREADPOOL_SIZE: '64'");
});

function environmentOf(unit: string): Record<string, string> {
  const pairs = unitValues(unit, 'Environment').map((value) => {
    const end = value.indexOf('=');
    return [value.slice(0, end), value.slice(end + 1)] as const;
  });
  return Object.fromEntries(pairs);
}
