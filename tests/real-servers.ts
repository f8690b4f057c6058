import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingPrograms } from './debian-packages.js';
import { freePorts } from './free-ports.js';
import { runProgram } from './run-program.js';
import { waitUntil } from './wait-until.js';

const nginx = '/usr/sbin/nginx';
const phpFpm = '/usr/sbin/php-fpm8.2';

/** Null when real servers can be started here. */
export const noRealServers = missingPrograms([nginx, phpFpm], ['nginx-light', 'php8.2-fpm']);

/** A program of Debian on a free port of loopback; whoever started it removes it. */
export interface RealServer {
  readonly port: number;
  /** A directory that it can read. */
  readonly directory: string;
  readonly stop: () => Promise<void>;
  /** After a stop: the same server on the same port. */
  readonly start: () => Promise<void>;
  /** Stops it and takes its directory away. */
  readonly remove: () => Promise<void>;
}

/** A real nginx with a page, and one behind basic authentication by an htpasswd file. */
export async function startNginx(user: string, password: string): Promise<RealServer> {
  const directory = readableDirectory();
  const salt = randomBytes(8);
  const digest = createHash('sha1').update(password).update(salt).digest();
  writeFileSync(
    path.join(directory, 'htpasswd'),
    `${user}:{SSHA}${Buffer.concat([digest, salt]).toString('base64')}\n`,
  );
  mkdirSync(path.join(directory, 'html'));
  writeFileSync(path.join(directory, 'html/index.html'), 'the shop is ready\n');
  const [port = 0] = await freePorts(1);
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
  const command = [nginx, '-p', directory, '-e', 'stderr', '-c', path.join(directory, 'nginx.conf')];
  return await startServer(command, { port, directory });
}

/** A real php-fpm with a pool of one worker that answers pings, and a script that keeps that worker busy. */
export async function startPhpFpm(): Promise<RealServer & { readonly slowScript: string }> {
  const directory = readableDirectory();
  const slowScript = path.join(directory, 'slow.php');
  writeFileSync(slowScript, '<?php sleep(3); echo "slow";\n');
  const [port = 0] = await freePorts(1);
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
  const command = [phpFpm, '--nodaemonize', '--fpm-config', path.join(directory, 'fpm.conf')];
  return { ...(await startServer(command, { port, directory })), slowScript };
}

async function startServer(
  command: readonly string[],
  { port, directory }: { port: number; directory: string },
): Promise<RealServer> {
  // A runner that is killed takes its servers with it.
  const run = () =>
    runProgram(['setpriv', '--pdeathsig=TERM', '--', ...command], { env: { PATH: process.env.PATH } });
  let program = run();
  const listens = () =>
    waitUntil(() => assertListens(port, program.output()), { timeoutMs: 10_000, everyMs: 50 });
  const stop = async () => {
    program.kill('SIGTERM');
    await program.exited;
  };
  const remove = async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await listens();
  } catch (error) {
    await remove();
    throw error;
  }
  const start = async () => {
    program = run();
    await listens();
  };
  return { port, directory, stop, start, remove };
}

async function assertListens(port: number, output: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new Error(`nobody listens yet: ${output}`, { cause: error });
  } finally {
    socket.destroy();
  }
}

function readableDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'patchgate-server-'));
  chmodSync(directory, 0o755);
  return directory;
}
