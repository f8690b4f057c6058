// The peer: what a bare probe of Prometheus' blackbox_exporter costs, of the same target at the same rate.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from './figures.mjs';
import { cpuSeconds } from './process-tree.mjs';

const programs = ['prometheus-blackbox-exporter', 'blackbox_exporter'];
const configuration = `modules:
  http_2xx:
    prober: http
    timeout: 10s
    http:
      preferred_ip_protocol: ip4
      tls_config: { insecure_skip_verify: true }
`;

/** @param {{ name: string, perSecond: number, url: string, seconds: number }} load */
export async function probeByBlackbox({ name, perSecond, url, seconds }) {
  const program = programs.find((each) => spawnSync(each, ['--version']).status === 0);
  if (program === undefined) {
    console.log(
      'blackbox_exporter is not installed (Debian: prometheus-blackbox-exporter): nothing to compare with',
    );
    return;
  }
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-blackbox-'));
  const config = path.join(directory, 'blackbox.yml');
  writeFileSync(config, configuration);
  const port = await freePort();
  const commandLine = [program, `--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn('setpriv', ['--pdeathsig=KILL', '--', ...commandLine], { stdio: 'ignore' });
  const agent = new Agent({ keepAlive: true });
  const ask = `http://127.0.0.1:${port}/probe?module=http_2xx&target=${encodeURIComponent(url)}`;
  try {
    while ((await answerOf(ask, agent).catch(() => '')) === '') await delay(50);
    await probeFor(Math.min(seconds, 3), perSecond, () => answerOf(ask, agent));
    const before = cpuSeconds(child.pid ?? 0);
    const answers = await probeFor(seconds, perSecond, () => answerOf(ask, agent));
    if (!answers.every((answer) => /^probe_success 1$/m.test(answer))) {
      throw new Error('blackbox_exporter did not find the target healthy');
    }
    const used = cpuSeconds(child.pid ?? 0) - before;
    say(`${name}: CPU of blackbox_exporter a bare probe`, 'ms', [(used * 1000) / answers.length]);
  } finally {
    agent.destroy();
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(directory, { recursive: true });
  }
}

/**
 * @param {number} seconds
 * @param {number} perSecond
 * @param {() => Promise<string>} probe
 */
async function probeFor(seconds, perSecond, probe) {
  const answers = [];
  const startedAt = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const dueAt = startedAt + (n * 1000) / perSecond;
    if (dueAt > performance.now()) await delay(dueAt - performance.now());
    answers.push(probe());
  }
  return Promise.all(answers);
}

/** @param {string} url @param {Agent} agent @returns {Promise<string>} */
async function answerOf(url, agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, async (response) => resolve((await response.toArray()).join(''))).on('error', reject);
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
