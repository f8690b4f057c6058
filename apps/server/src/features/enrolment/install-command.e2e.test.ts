import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { missingPrograms } from '../../../../../tests/debian-packages.js';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { agentFiles, digestAgentFile, readAgentFile } from './agent-files.js';
import type { AgentFile } from './agent-files.js';
import { commandFor } from './install-command.js';
import { newToken } from './enrolment.fixture.js';

const missing = missingPrograms(['/usr/bin/curl'], ['curl']);
const installer = 'echo "installed with $*"\n';
const digest = createHash('sha256').update(installer).digest('hex');

describe.skipIf(missing)('the command that is pasted', () => {
  let served: string;
  let url: string;
  const server = createServer((_request, response) => response.end(served));
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    served = installer;
  });
  afterAll(() => server.close());

  /** Without sudo, as in a shell of root of a small system. */
  const paste = () => {
    const command = commandFor(url, 'pge_a.b', { installer: digest, agent: 'ab12' });
    return promisify(execFile)('sh', ['-c', command], { env: { PATH: '/usr/bin:/bin' } });
  };

  it('runs the installer with where to ask, the token and the digest of the agent', async () => {
    const { stdout } = await paste();
    expect(stdout).toContain(`installed with --manager ${url} --token pge_a.b --agent-sha256 ab12\n`);
  });

  it('SEC-E1 runs nothing that is not the installer, however the connection was bent', async () => {
    served = `${installer}# and a line more`;
    await expect(paste()).rejects.toMatchObject({
      stdout: expect.not.stringContaining('installed') as string,
      stderr: expect.stringContaining('did NOT match') as string,
    });
  });
});

describe('the files of the agent', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it.each(Object.keys(agentFiles) as AgentFile[])(
    '%s is served to anybody, or said to be missing',
    async (name) => {
      const response = await fetch(`${api.origin}/agent/${name}`);
      const content = await readAgentFile(name);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      if (content === null) {
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({
          code: 'not_found',
          message: `This manager was built without ${name}.`,
        });
      } else {
        expect(response.status).toBe(200);
        expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
      }
    },
  );

  it('are in the command with the digests of what is served, or there is none', async () => {
    const { command, token } = await newToken(api);
    const [script, agent] = [await digestAgentFile('install.sh'), await digestAgentFile('agent.mjs')];
    expect(command).toBe(
      script === null || agent === null ? null : commandFor(api.origin, token, { installer: script, agent }),
    );
  });
});
