import { AgentRefusal } from '../../http/agent-refusal.js';
import { messageOf } from '../../platform/messages.js';
import type { ProgramResult, RunProgram } from '../../platform/run-program.js';
import type { InstalledPackage } from './installed-packages.js';
import { installedFormat, parseInstalled } from './installed-packages.js';
import type { PackagePolicy } from './policy.js';
import { parseArchives, parsePolicies } from './policy.js';

/** Reading must not wait for, nor disturb, whoever changes packages now. */
const withoutLock = ['--option=Debug::NoLocking=true', '--quiet'];

/** Asks apt and dpkg; changes nothing and needs no rights. */
export class AptReader {
  #architecture: string | undefined;

  constructor(private readonly run: RunProgram) {}

  /** All of them, or those that are called so. */
  async installed(name?: string): Promise<readonly InstalledPackage[]> {
    const args = ['--show', `--showformat=${installedFormat}`, ...(name === undefined ? [] : ['--', name])];
    const { exitCode, stdout } = await this.#ask('dpkg-query', args, name === undefined ? [0] : [0, 1]);
    return exitCode === 0 ? parseInstalled(stdout, await this.#native()) : [];
  }

  async policies(names: readonly string[]): Promise<readonly PackagePolicy[]> {
    if (names.length === 0) return [];
    const [archives, policies] = await Promise.all([
      this.#ask('apt-cache', ['policy']),
      this.#ask('apt-cache', ['policy', '--', ...names]),
    ]);
    return parsePolicies(policies.stdout, parseArchives(archives.stdout));
  }

  async simulateUpgrade(): Promise<string> {
    return (await this.#ask('apt-get', [...withoutLock, '--simulate', 'upgrade', '--with-new-pkgs'])).stdout;
  }

  async show(name: string, version: string): Promise<string> {
    return (await this.#ask('apt-cache', ['show', '--', `${name}=${version}`])).stdout;
  }

  async reverseDependencies(name: string): Promise<string> {
    const args = ['rdepends', '--installed', '--', name];
    // It fails for a name that it does not know, and then nothing depends on it.
    return (await this.#ask('apt-cache', args, [0, 100])).stdout;
  }

  async isClean(): Promise<boolean> {
    const { exitCode, stdout } = await this.#ask('dpkg', ['--audit'], [0, 1]);
    return exitCode === 0 && stdout.trim() === '';
  }

  async #native(): Promise<string> {
    this.#architecture ??= (await this.#ask('dpkg', ['--print-architecture'])).stdout.trim();
    return this.#architecture;
  }

  /** @throws AgentRefusal `PKG_MANAGER_ERROR` with what the program says */
  async #ask(
    program: string,
    args: readonly string[],
    good: readonly number[] = [0],
  ): Promise<ProgramResult> {
    let result: ProgramResult;
    try {
      result = await this.run(program, args);
    } catch (error) {
      throw new AgentRefusal('PKG_MANAGER_ERROR', messageOf(error), { isRetryable: true, cause: error });
    }
    if (good.includes(result.exitCode)) return result;
    const why = result.stderr.trim().split('\n').at(-1) ?? '';
    throw new AgentRefusal('PKG_MANAGER_ERROR', `${program} ended with ${result.exitCode}: ${why}`, {
      isRetryable: true,
    });
  }
}
