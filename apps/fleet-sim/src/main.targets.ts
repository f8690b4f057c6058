// The targets of probes in a process of their own: prints one JSON line with their ports, then one line per connection unless `--quiet`.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { fastcgiTargets } from './targets/fastcgi-targets.js';
import { goodTarget } from './targets/good-targets.js';
import { rawTargets } from './targets/raw-targets.js';
import { tlsTargets } from './targets/tls-targets.js';

const isQuiet = process.argv.includes('--quiet');
const tls = await tlsTargets(new Date());
const ports: Record<string, number> = {};
for (const { name, server } of [goodTarget(), ...rawTargets(), ...fastcgiTargets(), ...tls.targets]) {
  if (!isQuiet)
    server.on('connection', () => process.stdout.write(`${JSON.stringify({ connection: name })}\n`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ports[name] = (server.address() as AddressInfo).port;
}
process.stdout.write(`${JSON.stringify({ ports, authority: tls.authority, client: tls.client })}\n`);
// Whoever started us holds the other end; when it is gone, so are we.
process.stdin.on('end', () => process.exit(0)).resume();
