import { randomInt } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { weekdays } from '@patchgate/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestCaller } from '../../apps/server/src/api.fixture.js';
import { runPatchgate } from '../running-patchgate.js';
import type { RunningPatchgate } from '../running-patchgate.js';
import { startAgents } from '../simulated-agents.js';
import type { SimulatedAgents } from '../simulated-agents.js';
import { guides, isCommands, repository } from './document.js';
import { runCommands } from './run-commands.js';

const password = 'nine lamps over the harbour';
/** Typed on a machine where Patchgate does not run any more, or not yet. */
const whenStopped = ['docs/operations/backup-and-restore.md'];

const documents = guides().filter(({ blocks }) =>
  blocks.some((block) => isCommands(block) && block.mark === null),
);
const [whileRunning, stopped] = [false, true].map((isStopped) =>
  documents.filter(({ file }) => whenStopped.includes(file) === isStopped),
) as [typeof documents, typeof documents];

let patchgate: RunningPatchgate;
let agents: SimulatedAgents | undefined;
let settings: NodeJS.ProcessEnv;
let replaced: Record<string, string>;
const shop = createServer((_request, response) => response.end('ready'));

beforeAll(async () => {
  const [port, management, worker] = [await lastingPort(), await lastingPort(), await lastingPort()];
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  settings = {
    PATCHGATE_PORT: String(port),
    PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
    PATCHGATE_MANAGEMENT_PORT: String(management),
    PATCHGATE_WORKER_MANAGEMENT_PORT: String(worker),
  };
  replaced = {
    '"days": ["sat"]': `"days": ["${inThreeDays()}"]`,
    '127.0.0.1:3000': `127.0.0.1:${port}`,
    '127.0.0.1:8080': `127.0.0.1:${management}`,
    '127.0.0.1:8081': `127.0.0.1:${worker}`,
    '127.0.0.1:8000': `127.0.0.1:${(shop.address() as AddressInfo).port}`,
  };
  patchgate = await runPatchgate(settings);
  replaced['<the printed token>'] = patchgate.token;
  replaced['<15 characters or more>'] = password;
}, 60_000);
afterAll(async () => {
  agents?.stop();
  shop.close();
  await patchgate.stop();
});

/** Its window is not open on any day on which the documents are typed: what they order in it waits. */
const inThreeDays = () => weekdays[(new Date().getUTCDay() + 3 + 6) % 7] ?? '';

/** A free port that nobody gets who asks for any: below those the system gives (ip_local_port_range). */
async function lastingPort(): Promise<number> {
  const probe = createServer();
  const isFree = (port: number) =>
    new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (!(await isFree(port))) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}

/** What the documents take for granted: a group, and a host with an agent. */
async function layOut(address: string): Promise<SimulatedAgents> {
  const stranger = new TestCaller(`${address}/api/v1`);
  const credentials = { username: 'anna', password };
  const { needed } = await stranger.ok('/setup');
  if (needed === true) await stranger.post('/setup', { token: patchgate.token, ...credentials });
  const reply = await stranger.call('/auth/login', { method: 'POST', body: credentials });
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  const anna = new TestCaller(`${address}/api/v1`, { cookie });
  await anna.post('/groups', { name: 'prod-web' });
  const { id } = await anna.post('/hosts', { fqdn: 'web-01.example.org', address: '127.0.0.1' });
  const { server_crt, server_key, ca_crt } = await anna.ok(`/hosts/${String(id)}/certificate`, {
    method: 'POST',
  });
  const agent = { host_id: id, hostname: 'web-01.example.org', pair: { cert: server_crt, key: server_key } };
  const started = await startAgents([agent], String(ca_crt));
  await anna.ok(`/hosts/${String(id)}`, {
    method: 'PATCH',
    body: { agent_port: started.portOf(String(id)) },
  });
  await anna.ok(`/hosts/${String(id)}/refresh`, { method: 'POST' });
  const status = async () => (await anna.ok(`/hosts/${String(id)}`)).agent_status;
  await expect.poll(status, { timeout: 20_000 }).toBe('connected');
  return started;
}

/** A directory to type in, with what an installed Patchgate brings: its program, and its settings. */
function shellFor(file: string) {
  const cwd = path.join(path.dirname(patchgate.dataDirectory), 'typed', path.basename(file));
  mkdirSync(path.join(cwd, 'bin'), { recursive: true });
  const program = path.join(cwd, 'bin/patchgate');
  const cli = path.join(repository, 'apps/server/dist/main.cli.js');
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${cli} "$@"\n`);
  chmodSync(program, 0o755);
  const { PATH = '', HOME } = process.env;
  return {
    cwd,
    env: {
      ...settings,
      ...(HOME !== undefined && { HOME }),
      PATH: `${path.join(cwd, 'bin')}:${path.dirname(process.execPath)}:${PATH}`,
      PATCHGATE_DATA_DIR: patchgate.dataDirectory,
    },
  };
}

/**
 * Reads as a balancer does, and more often: who has asked twice, as documents do, is waited for at the stop until he knows.
 *
 * @returns how to leave off
 */
function readReadiness(): () => void {
  const { PATCHGATE_MANAGEMENT_PORT: api, PATCHGATE_WORKER_MANAGEMENT_PORT: worker } = settings;
  const ask = (port: string | undefined) =>
    fetch(`http://127.0.0.1:${port ?? ''}/ready`).then(
      (answer) => answer.body?.cancel(),
      // Nobody listens between the end and the next start.
      () => undefined,
    );
  const timer = setInterval(() => void Promise.all([ask(api), ask(worker)]), 200);
  return () => clearInterval(timer);
}

describe('every command of', () => {
  test.for(whileRunning.map((document) => [document.file, document] as const))(
    '%s does what it says',
    async ([file, document], { signal }) => {
      // The README is about the very first steps.
      if (file !== 'README.md') agents ??= await layOut(patchgate.address);
      const { failure, surprises } = await runCommands(document, { ...shellFor(file), replaced, signal });
      expect(failure).toBeNull();
      expect(surprises).toEqual([]);
    },
  );

  test.for(stopped.map((document) => [document.file, document] as const))(
    '%s does what it says, on what was left of all others',
    async ([file, document], { signal }) => {
      const leave = readReadiness();
      await patchgate.end();
      const { failure, surprises } = await runCommands(document, { ...shellFor(file), replaced, signal });
      leave();
      expect(failure).toBeNull();
      expect(surprises).toEqual([]);
    },
  );
});
