import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { once } from 'node:events';

import { onTestFinished, vi } from 'vitest';

import { missingPrograms } from '../../../tests/debian-packages.js';
import { runProgram } from '../../../tests/run-program.js';
import { temporaryDirectory } from '../../../tests/start-fixture.js';

const nginx = '/usr/sbin/nginx';
const phpFpm = '/usr/sbin/php-fpm8.2';

/** Null when real servers can be started here. */
export const noRealServers = missingPrograms([nginx, phpFpm], ['nginx-light', 'php8.2-fpm']);

export interface RealServer {
  readonly port: number;
  /** A directory that it can read. */
  readonly directory: string;
  readonly stop: () => Promise<void>;
}

/** A real nginx with a page, and one behind basic authentication by an htpasswd file. */
export async function startNginx(user: string, password: string): Promise<RealServer> {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o755);
  const salt = randomBytes(8);
  const digest = createHash('sha1').update(password).update(salt).digest();
  writeFileSync(
    path.join(directory, 'htpasswd'),
    `${user}:{SSHA}${Buffer.concat([digest, salt]).toString('base64')}\n`,
  );
  mkdirSync(path.join(directory, 'html'));
  writeFileSync(path.join(directory, 'html/index.html'), 'the shop is ready\n');
  const port = await freePort();
  writeFileSync(
    path.join(directory, 'nginx.conf'),
    `daemon off; pid ${directory}/nginx.pid; error_log stderr; worker_processes 1;
    events {}
    http {
      access_log ${directory}/access.log;
      client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy; fastcgi_temp_path ${directory}/fastcgi;
      uwsgi_temp_path ${directory}/uwsgi; scgi_temp_path ${directory}/scgi;
      server {
        listen 127.0.0.1:${port}; root ${directory}/html;
        location /private { alias ${directory}/html; auth_basic "shop"; auth_basic_user_file ${directory}/htpasswd; }
      }
    }`,
  );
  return await start([nginx, '-p', directory, '-e', 'stderr', '-c', path.join(directory, 'nginx.conf')], {
    port,
    directory,
  });
}

/** A real php-fpm with a pool of one worker that answers pings, and a script that keeps that worker busy. */
export async function startPhpFpm(): Promise<RealServer & { readonly slowScript: string }> {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o755);
  const slowScript = path.join(directory, 'slow.php');
  writeFileSync(slowScript, '<?php sleep(3); echo "slow";\n');
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  writeFileSync(
    path.join(directory, 'fpm.conf'),
    `[global]
error_log = ${directory}/fpm.log
daemonize = no
[www]
${isRoot ? 'user = nobody\ngroup = nogroup' : ''}
listen = 127.0.0.1:${port}
pm = static
pm.max_children = 1
ping.path = /fpm-ping
ping.response = pong
`,
  );
  const server = await start([phpFpm, '--nodaemonize', '--fpm-config', path.join(directory, 'fpm.conf')], {
    port,
    directory,
  });
  return { ...server, slowScript };
}

async function start(
  command: readonly string[],
  { port, directory }: { port: number; directory: string },
): Promise<RealServer> {
  const program = runProgram(command, { env: { PATH: process.env.PATH } });
  const stop = async () => {
    program.kill('SIGTERM');
    await program.exited;
  };
  onTestFinished(stop);
  await vi.waitFor(
    async () => {
      const socket = connect(port, '127.0.0.1');
      try {
        await once(socket, 'connect');
      } catch (error) {
        throw new Error(`nobody listens yet: ${program.output()}`, { cause: error });
      } finally {
        socket.destroy();
      }
    },
    { timeout: 10_000, interval: 50 },
  );
  return { port, directory, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
