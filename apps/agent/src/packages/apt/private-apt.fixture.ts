import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

import { asRoot } from '../../agent/as-root.fixture.js';

interface PackageSpec {
  readonly name: string;
  readonly version: string;
  readonly depends?: string;
  /** Shell lines that run when the package is configured, after its line in the ledger. */
  readonly onConfigure?: string;
  /** Text of a configuration file /etc/NAME.conf. */
  readonly configuration?: string;
}

/** What an archive says of itself in its Release file. */
interface ArchiveSpec {
  readonly label: string;
  readonly suite: string;
}

/**
 * The real apt and dpkg over a root of their own: packages made here, archives in folders, nothing of the machine's own
 * packages touched. Every configured package adds a line to a ledger, which is the oracle of what really ran.
 */
export class PrivateApt {
  readonly root: string;
  readonly #archives: string[] = [];

  private constructor(readonly directory: string) {
    this.root = path.join(directory, 'root');
    const folders = [
      ...['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/apt/lists/partial', 'var/log/apt'],
      ...['var/cache/apt/archives/partial', 'etc/apt/apt.conf.d', 'etc/apt/preferences.d'],
      ...['etc/apt/sources.list.d', 'etc/apt/trusted.gpg.d'],
    ];
    for (const folder of folders) mkdirSync(path.join(this.root, folder), { recursive: true });
    writeFileSync(path.join(this.root, 'var/lib/dpkg/status'), '');
    writeFileSync(this.ledgerFile, '');
    writeFileSync(
      path.join(directory, 'apt.conf'),
      `Dir "${this.root}/";\nDir::State::status "${this.root}/var/lib/dpkg/status";\n` +
        'Dir::Bin::dpkg "/usr/bin/dpkg";\nAPT::Sandbox::User "root";\n',
    );
  }

  /** @param where the directory to make it in */
  static create(where = tmpdir()): PrivateApt {
    const directory = mkdtempSync(path.join(where, 'patchgate-apt-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    return new PrivateApt(directory);
  }

  /** For every program that is to see this root and not the machine's. */
  get environment(): NodeJS.ProcessEnv {
    return {
      APT_CONFIG: path.join(this.directory, 'apt.conf'),
      DPKG_ROOT: this.root,
      DPKG_FORCE: 'script-chrootless,not-root',
    };
  }

  /** `name configure-arguments`, a line for each time a package was configured. */
  get ledger(): readonly string[] {
    return readFileSync(this.ledgerFile, 'utf8').trim().split('\n').filter(Boolean);
  }

  get ledgerFile(): string {
    return path.join(this.directory, 'ledger');
  }

  /** Installs a package by dpkg, as if it had been there always. */
  install(spec: PackageSpec): void {
    this.run('dpkg', ['--install', this.#make(spec, this.directory)]);
    writeFileSync(this.ledgerFile, '');
  }

  /** An archive with these packages that apt knows of from its next update on. */
  archive({ label, suite }: ArchiveSpec, specs: readonly PackageSpec[]): void {
    const folder = path.join(this.directory, `archive-${this.#archives.length}`);
    mkdirSync(folder);
    const index = specs.map((spec) => indexEntry(this.#make(spec, folder))).join('\n');
    writeFileSync(path.join(folder, 'Packages'), index);
    writeFileSync(
      path.join(folder, 'Release'),
      `Origin: Test\nLabel: ${label}\nSuite: ${suite}\nCodename: ${suite}\nDate: ${new Date().toUTCString()}\n` +
        `SHA256:\n ${sha256(path.join(folder, 'Packages'))} ${Buffer.byteLength(index)} Packages\n`,
    );
    this.#archives.push(`deb [trusted=yes] file:${folder} ./\n`);
    writeFileSync(path.join(this.root, 'etc/apt/sources.list'), this.#archives.join(''));
  }

  update(): void {
    this.run('apt-get', ['update', '--quiet']);
  }

  run(program: string, args: readonly string[]): string {
    const env = { ...process.env, ...this.environment, LC_ALL: 'C.UTF-8' };
    const [first = program, ...rest] = [...asRoot, program, ...args];
    return execFileSync(first, rest, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  versionOf(name: string): string {
    return this.run('dpkg-query', ['--show', '--showformat=${Version}', name]);
  }

  #make({ name, version, depends, onConfigure = '', configuration }: PackageSpec, target: string): string {
    const folder = mkdtempSync(path.join(this.directory, 'package-'));
    mkdirSync(path.join(folder, 'DEBIAN'));
    mkdirSync(path.join(folder, `usr/share/${name}`), { recursive: true });
    writeFileSync(path.join(folder, `usr/share/${name}/version`), version);
    const control = [
      ...[
        `Package: ${name}`,
        `Version: ${version}`,
        'Architecture: all',
        'Maintainer: Test <test@example.org>',
      ],
      ...(depends === undefined ? [] : [`Depends: ${depends}`]),
      `Description: ${name}, made for a test`,
    ];
    writeFileSync(path.join(folder, 'DEBIAN/control'), `${control.join('\n')}\n`);
    const script = `#!/bin/sh\nset -e\necho "${name} ${version} $1" >> "${this.ledgerFile}"\n${onConfigure}\n`;
    writeFileSync(path.join(folder, 'DEBIAN/postinst'), script);
    chmodSync(path.join(folder, 'DEBIAN/postinst'), 0o755);
    if (configuration !== undefined) {
      mkdirSync(path.join(folder, 'etc'));
      writeFileSync(path.join(folder, `etc/${name}.conf`), configuration);
      writeFileSync(path.join(folder, 'DEBIAN/conffiles'), `/etc/${name}.conf\n`);
    }
    chmodSync(folder, 0o755);
    const file = path.join(target, `${name}_${version}_all.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '--build', folder, file], { stdio: 'ignore' });
    return file;
  }
}

function indexEntry(file: string): string {
  const control = execFileSync('dpkg-deb', ['--field', file], { encoding: 'utf8' });
  const name = path.basename(file);
  return `${control}Filename: ./${name}\nSize: ${statSync(file).size}\nSHA256: ${sha256(file)}\n`;
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
