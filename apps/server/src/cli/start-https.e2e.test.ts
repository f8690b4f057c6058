import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { readDocument } from '../../../../tests/docs/document.js';
import { runCommands } from '../../../../tests/docs/run-commands.js';
import { runProgram } from '../../../../tests/run-program.js';
import { temporaryDirectory } from '../../../../tests/start-fixture.js';
import { goodPassword } from '../api.fixture.js';

const cli = path.resolve(import.meta.dirname, '../../dist/main.cli.js');

test('patchgate start beyond loopback says how to trust it, signs in over HTTPS, and its secrets are in order', async ({
  signal,
}) => {
  const dataDirectory = path.join(temporaryDirectory(), 'data');
  const env = {
    PATH: process.env.PATH,
    PATCHGATE_DATA_DIR: dataDirectory,
    // The one setting that cannot be tried on loopback; the port is a free one and open for seconds.
    PATCHGATE_HOST: '0.0.0.0',
    PATCHGATE_PORT: '0',
    PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
    PATCHGATE_MANAGEMENT_PORT: '0',
    PATCHGATE_WORKER_MANAGEMENT_PORT: '0',
  };
  const started = runProgram([process.execPath, cli, 'start'], { env });
  const [, token = ''] = await started.saying(/set-up token[^\n]*: (\S+)\n/);
  const [, origin = ''] = await started.saying(/is ready[^\n]*: (https:\/\/127\.0\.0\.1:\d+)\n/);
  const [, file = '', fingerprint] = await started.saying(/authority: (\S+)\n {2}SHA-256 ([0-9A-F:]{95})\n/);

  const { failure } = await runCommands(readDocument('docs/operations/https-and-keys.md'), {
    ...{ cwd: path.dirname(dataDirectory), env: { PATH: process.env.PATH }, signal },
    replaced: { 'https://manager.example.org:3000': origin },
    mark: 'run by apps/server/src/cli/start-https.e2e.test.ts',
  });
  expect(failure).toBeNull();

  const ca = readFileSync(file, 'utf8');
  expect(file).toBe(path.join(dataDirectory, 'ca.pem'));
  expect(new X509Certificate(ca).fingerprint256).toBe(fingerprint);
  const sent = request(`${origin}/api/v1/setup`, {
    agent: false,
    ca,
    method: 'POST',
    headers: { 'x-patchgate-request': '1', 'content-type': 'application/json', origin },
  });
  sent.end(JSON.stringify({ token, username: 'anna', password: goodPassword }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(await json(response)).toMatchObject({ user: { username: 'anna', role: 'admin' } });
  expect(response.headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-sid=\S+; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
  ]);

  const doctor = async (settings: Record<string, string>) => {
    const program = runProgram([process.execPath, cli, 'secrets', 'doctor'], {
      env: { ...env, ...settings },
    });
    return { code: await program.exited, output: program.output() };
  };
  const sound = await doctor({});
  expect(sound.output).toMatch(
    /^keys in \S+\/keys\n {2}[0-9a-f]{16} active: there\nsecrets\n( {2}\S+: \d+ sealed, 0 with a key that is not there, 0 damaged or moved\n)+$/,
  );
  expect(sound.output).toContain('pki_authorities.private_key_encrypted: 1 sealed');
  expect(sound.code).toBe(0);
  const lost = await doctor({ PATCHGATE_KEY_DIR: path.join(dataDirectory, 'other') });
  expect(lost.output).toMatch(/ active: MISSING\n[^]*: 1 sealed, 1 with a key that is not there, 0 damaged/);
  expect(lost.code).toBe(1);

  started.kill('SIGTERM');
  expect(await started.exited).toBe(0);
});
