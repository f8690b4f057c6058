import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

import { hostPaths, hostPathsBelow } from '../../platform/host-paths.js';
import { programRunner } from '../../platform/run-program.js';
import { AptSystem } from './apt-system.js';
import { PrivateApt } from './private-apt.fixture.js';

function systemOf(environment: NodeJS.ProcessEnv, root?: string): AptSystem {
  const env = { ...process.env, ...environment };
  const paths = root === undefined ? hostPaths : hostPathsBelow(root);
  return new AptSystem({ run: programRunner(env), environment: env, paths, lockTimeoutSeconds: 1 });
}

/** `apt list --upgradable`: name, archives, new version, architecture, old version. */
function aptListing(environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, ...environment, LC_ALL: 'C.UTF-8' };
  const text = execFileSync('apt', ['list', '--upgradable'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return [...text.matchAll(/^([^/\s]+)\/(\S+) (\S+) (\S+) \[upgradable from: (\S+)\]$/gm)].map(
    ([, name, archives = '', available, , current]) => ({ name, archives, available, current }),
  );
}

describe('the packages of this machine', () => {
  test('are the upgrades of apt, with its versions and its archives', { timeout: 60_000 }, async () => {
    const patches = await systemOf({}).patches();
    const listed = aptListing();
    const ours = patches.map((one) => [one.name.split(':')[0], one.current_version, one.available_version]);
    const theirs = listed.map(({ name, current, available }) => [name, current, available]);
    expect(ours.sort()).toEqual(theirs.sort());
    const fromSecurity = listed
      .filter(({ archives }) => archives.includes('-security'))
      .map(({ name }) => name);
    const secure = patches.filter(({ security }) => security).map(({ name }) => name.split(':')[0]);
    expect(secure).toEqual(expect.arrayContaining(fromSecurity));
  });

  test('are all the installed ones', { timeout: 60_000 }, async () => {
    const installed = await systemOf({}).installed();
    const count = execFileSync('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}\n'], { encoding: 'utf8' });
    expect(installed).toHaveLength(count.split('\n').filter((line) => /^.[^nc]/.test(line)).length);
    expect(installed.find(({ name }) => name === 'dpkg')).toMatchObject({
      description: 'Debian package management system',
      dependencies: expect.arrayContaining(['tar']) as string[],
    });
  });
});

describe('upgrades', { timeout: 60_000 }, () => {
  test('are told apart by archive, by hold and by what they need', async () => {
    const apt = PrivateApt.create();
    for (const name of ['lamp', 'vase', 'desk', 'rug', 'late', 'libc6'])
      apt.install({ name, version: '1.0-1' });
    apt.archive({ label: 'Debian', suite: 'stable' }, [
      { name: 'vase', version: '1:0.9-1' },
      { name: 'desk', version: '1.1-1' },
      { name: 'rug', version: '2.0-1', depends: 'nobody-has-this' },
      { name: 'late', version: '1.2-1' },
      { name: 'libc6', version: '1.0-2' },
    ]);
    apt.archive({ label: 'Debian-Security', suite: 'stable-security' }, [
      { name: 'lamp', version: '1.0-1+deb12u1' },
      { name: 'late', version: '1.1-1' },
      { name: 'vase', version: '0.9-9' },
    ]);
    apt.update();
    apt.run('apt-mark', ['hold', 'desk']);
    const patches = await systemOf(apt.environment, apt.root).patches();
    const told = patches.map(
      ({ name, current_version, available_version, security, kept_back, requires_reboot }) => [
        ...[name, current_version, available_version, security, kept_back, requires_reboot],
      ],
    );
    expect(told.sort()).toEqual([
      ['desk', '1.0-1', '1.1-1', false, 'held', false],
      ['lamp', '1.0-1', '1.0-1+deb12u1', true, null, false],
      // The ordinary archive has passed the corrected version, which is in it.
      ['late', '1.0-1', '1.2-1', true, null, false],
      ['libc6', '1.0-1', '1.0-2', false, null, true],
      ['rug', '1.0-1', '2.0-1', false, 'deferred', false],
      ['vase', '1.0-1', '1:0.9-1', false, null, false],
    ]);
    expect(
      aptListing(apt.environment)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(patches.map(({ name }) => name).sort());
  });

  test('of one package are found by its name, and what is not installed is found too', async () => {
    const apt = PrivateApt.create();
    apt.install({ name: 'lamp', version: '1.0' });
    apt.install({ name: 'shade', version: '1.0', depends: 'lamp' });
    apt.archive({ label: 'Debian', suite: 'stable' }, [
      { name: 'lamp', version: '1.1' },
      { name: 'chair', version: '3.0', depends: 'lamp | shade (>= 1.0)' },
    ]);
    apt.update();
    const system = systemOf(apt.environment, apt.root);
    expect(await system.find('lamp')).toMatchObject({
      version: '1.0',
      status: 'Upgradable',
      latest_version: '1.1',
      reverse_dependencies: ['shade'],
    });
    expect(await system.find('chair')).toMatchObject({
      version: '3.0',
      status: 'Available',
      description: 'chair, made for a test',
      dependencies: ['lamp', 'shade'],
    });
    expect(await system.find('nothing')).toBeNull();
    expect(await system.indexReadAt()).toBeInstanceOf(Date);
  });
});
