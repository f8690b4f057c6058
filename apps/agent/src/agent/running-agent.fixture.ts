import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

import type { RunningProgram } from '../../../../tests/run-program.js';
import { runProgram } from '../../../../tests/run-program.js';
import type { Issued } from '../tls/test-authority.fixture.js';
import { TestAuthority } from '../tls/test-authority.fixture.js';
import { asRoot } from './as-root.fixture.js';
import type { AgentAnswer } from './call-agent.fixture.js';
import { callAgent } from './call-agent.fixture.js';

export const agentFile = path.resolve(import.meta.dirname, '../../dist/agent.mjs');
export const testHostId = '0f0e7c6a-7a3d-4a51-9d0a-6f7f2a1f9a10';

/** The oldest Node there is here: what a host of a user is likely to have. */
export const hostNode = existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath;

/** A host with settings and certificates, and the agent of it as it is started and started again. */
export class TestHost {
  #program: RunningProgram | undefined;
  port = 0;

  private constructor(
    readonly directory: string,
    readonly authority: TestAuthority,
    readonly manager: Issued,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param atEnd takes what ends it; the end of the test unless it is shared by several */
  static async create(
    settings: object = {},
    environment: NodeJS.ProcessEnv = {},
    atEnd: (clean: () => Promise<void>) => void = onTestFinished,
  ): Promise<TestHost> {
    const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-agent-'));
    const authority = await TestAuthority.create();
    const host = new TestHost(directory, authority, await authority.issue(), environment);
    atEnd(async () => {
      await host.stop();
      await rm(directory, { recursive: true, force: true });
    });
    await mkdir(host.certificates, { recursive: true });
    await host.show(await authority.issueHost(testHostId));
    await writeFile(path.join(host.certificates, 'ca.pem'), authority.certificate);
    await host.configure(settings);
    return host;
  }

  get certificates(): string {
    return path.join(this.directory, 'certificates');
  }

  get state(): string {
    return path.join(this.directory, 'state');
  }

  get config(): string {
    return path.join(this.directory, 'agent.json');
  }

  /** Every line the running agent has written. */
  get output(): string {
    return this.#program?.output() ?? '';
  }

  get pid(): number {
    return this.#program!.pid;
  }

  async show(identity: Issued): Promise<void> {
    await writeFile(path.join(this.certificates, 'identity.pem'), identity.privateKey + identity.certificate);
  }

  async configure(settings: object): Promise<void> {
    const given = {
      host_id: testHostId,
      manager_url: 'http://127.0.0.1:9',
      listen: { address: '127.0.0.1', port: 0 },
      management: { address: '127.0.0.1', port: 0 },
      state_directory: this.state,
      certificate_directory: this.certificates,
      allow: ['127.0.0.0/8'],
      log_level: 'debug',
      ...settings,
    };
    await writeFile(this.config, JSON.stringify(given));
  }

  /** @param as what goes before the command line: root unless told otherwise */
  async start(as: readonly string[] = asRoot): Promise<this> {
    this.#program = this.another(as);
    const ready = await this.#program.saying(/"port":(\d+),[^\n]*"msg":"agent ready"/);
    this.port = Number(ready[1]);
    return this;
  }

  /** One more process with the same settings. */
  another(as: readonly string[] = asRoot): RunningProgram {
    return runProgram([...as, hostNode, agentFile, '--config', this.config], {
      env: { ...process.env, ...this.environment },
    });
  }

  saying(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#program!.saying(pattern);
  }

  /** As a power cut for the agent alone. */
  async kill(): Promise<void> {
    this.#program!.kill('SIGKILL');
    await this.#program!.exited;
  }

  async stop(): Promise<number | NodeJS.Signals | null> {
    this.#program?.kill('SIGTERM');
    return (await this.#program?.exited) ?? null;
  }

  /** Asks as the manager unless told otherwise. */
  call(method: string, where: string, body?: unknown, as: Issued = this.manager): Promise<AgentAnswer> {
    const authority = this.authority.certificate;
    return callAgent({ port: this.port, authority, as, method, path: where, body });
  }
}
