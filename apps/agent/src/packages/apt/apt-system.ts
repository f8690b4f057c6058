import type { HostPackage, Patch } from '@patchgate/contracts/agent';
import { stat } from 'node:fs/promises';
import path from 'node:path';

import { hasCode } from '../../platform/durable-file.js';
import type { PackageSystemOptions } from '../package-system-options.js';
import type { PackageSystem, PackageVersion, StepResult, TransactionEvents } from '../package-system.port.js';
import { isRebootPackage } from '../reboot-packages.js';
import { AptReader } from './apt-reader.js';
import { describeInstalled, describeKnown, parseReverseDependencies, parseShow } from './describe-package.js';
import { runStep } from './run-step.js';
import { parseSimulated, upgradesOf } from './upgrades.js';

/** Nobody is there to answer; a changed configuration file stays as the administrator left it. */
const transactionOptions = [
  '--assume-yes',
  '--quiet',
  '--option=APT::Status-Fd=3',
  '--option=Dpkg::Use-Pty=0',
  '--option=Dpkg::Options::=--force-confdef',
  '--option=Dpkg::Options::=--force-confold',
];

/** Debian and what comes of it, by `apt-get`, `apt-cache` and `dpkg`: their output is a stable interface, that of `apt` is not. */
export class AptSystem implements PackageSystem {
  readonly name = 'apt';
  readonly #reader: AptReader;

  constructor(private readonly options: PackageSystemOptions) {
    this.#reader = new AptReader(options.run);
  }

  async patches(): Promise<readonly Patch[]> {
    const installed = await this.#reader.installed();
    const [policies, simulated] = await Promise.all([
      this.#reader.policies(installed.map(({ name }) => name)),
      this.#reader.simulateUpgrade(),
    ]);
    return upgradesOf(installed, policies, parseSimulated(simulated));
  }

  async installed(): Promise<readonly HostPackage[]> {
    const installed = await this.#reader.installed();
    const policies = await this.#reader.policies(installed.map(({ name }) => name));
    const candidates = new Map(policies.map(({ name, candidate }) => [name, candidate]));
    return installed.map((one) => describeInstalled(one, candidates.get(one.name) ?? null));
  }

  async find(name: string): Promise<HostPackage | null> {
    const [installed] = await this.#reader.installed(name);
    const [policy] = await this.#reader.policies([name]);
    const needing = parseReverseDependencies(await this.#reader.reverseDependencies(name));
    if (installed !== undefined) {
      return describeInstalled(installed, policy?.candidate ?? null, needing);
    }
    if (policy?.candidate == null) return null;
    return describeKnown(parseShow(await this.#reader.show(name, policy.candidate)), needing);
  }

  async versions(): Promise<readonly PackageVersion[]> {
    return await this.#reader.installed();
  }

  /** apt touches the directory of its lists with every update that ended well. */
  async indexReadAt(): Promise<Date | null> {
    const partial = path.join(this.options.paths.aptLists, 'partial');
    try {
      return (await stat(partial)).mtime;
    } catch (error) {
      if (hasCode(error, 'ENOENT') || hasCode(error, 'EACCES')) return null;
      throw error;
    }
  }

  async isClean(): Promise<boolean> {
    return await this.#reader.isClean();
  }

  async refresh(events: TransactionEvents): Promise<StepResult> {
    return await this.#step('apt-get', ['update', '--quiet', '--option=APT::Status-Fd=3'], events);
  }

  async repair(events: TransactionEvents): Promise<StepResult> {
    const configured = await this.#step(
      'dpkg',
      ['--force-confdef', '--force-confold', '--configure', '--pending'],
      events,
    );
    if (configured.exitCode !== 0) return configured;
    return await this.#apt(['--fix-broken', '--no-remove', 'install'], events);
  }

  async upgrade(names: readonly string[] | null, events: TransactionEvents): Promise<StepResult> {
    // Nothing is ever removed: a service that vanishes is no patch. What cannot be made so is kept back and told.
    const what =
      names === null
        ? ['upgrade', '--with-new-pkgs']
        : ['install', '--only-upgrade', '--no-remove', '--', ...names];
    return await this.#apt(what, events);
  }

  needsReboot(name: string): boolean {
    return isRebootPackage(name);
  }

  async #apt(args: readonly string[], events: TransactionEvents): Promise<StepResult> {
    const wait = `--option=DPkg::Lock::Timeout=${this.options.lockTimeoutSeconds}`;
    return await this.#step('apt-get', [...transactionOptions, wait, ...args], events);
  }

  async #step(program: string, args: readonly string[], events: TransactionEvents): Promise<StepResult> {
    return await runStep(program, args, { environment: this.options.environment, events });
  }
}
