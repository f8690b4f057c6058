import path from 'node:path';
import type { DatabaseUrls } from '../supervisor/start-patchgate.js';
import { claimablePort } from '../supervisor/loopback.js';
import type { Ports, WantedPort } from '../supervisor/port-check.js';
import type { ChildSpec } from '../supervisor/supervised-child.js';
import { assertDemoDirectory, emptyDemoDirectory } from './demo-directory.js';
import { demoPorts, demoPortsOf, filesOfDemo } from './demo-places.js';
import { childEnvironment, patchgateChildren, wantedPorts } from './patchgate-children.js';
import type { Program } from './patchgate-children.js';
import { runInChild } from './run-in-child.js';

/** What `patchgate start` does more, and in another way, with `--demo`. */
export interface Demo {
  readonly ports: readonly WantedPort[];
  readonly onLocked: () => void;
  readonly prepare: (database: DatabaseUrls, ports: Ports) => Promise<void>;
  readonly children: (database: DatabaseUrls, ports: Ports) => readonly ChildSpec[];
  readonly say: (say: (line: string) => void) => void;
}

/** @throws ConfigError when its data directory holds anything but a demo */
export async function demoOf(given: Program): Promise<Demo> {
  const { config } = given;
  assertDemoDirectory(config.dataDir);
  const files = filesOfDemo(config);
  const program = {
    ...given,
    environment: {
      ...given.environment,
      PATCHGATE_DEMO_FILE: files.api,
      NODE_EXTRA_CA_CERTS: files.authority,
    },
  };
  return {
    ports: [...(await freePorts(program)), ...demoPorts],
    onLocked: () => emptyDemoDirectory(config.dataDir),
    prepare: (database, ports) =>
      runInChild(program, 'demo-data', {
        // The authority behind simulated services is made when they start.
        environment: { ...childEnvironment(program, database, ports), NODE_EXTRA_CA_CERTS: undefined },
        what: 'laying out the demo',
      }),
    children: (database, ports) => [
      simulator(program, files.fleet, ports),
      ...patchgateChildren(program, database, ports),
    ],
    say: (say) => {
      say(`  user name  ${config.firstAdmin?.username ?? ''}`);
      say(`  password   ${config.firstAdmin?.password ?? ''}`);
      say('Its 24 hosts are simulated and nothing is patched. Ctrl-C ends it; the next start begins anew.');
    },
  };
}

/** A demo takes another port than the usual one where something has that already, unless a port was asked for. */
async function freePorts({ config, environment }: Program): Promise<WantedPort[]> {
  const isAskedFor = environment.PATCHGATE_PORT !== undefined;
  const isFree = isAskedFor || (await claimablePort(config.port, config.host)) !== undefined;
  return wantedPorts(isFree ? config : { ...config, port: 0 });
}

const simulator = (
  { node, directory, environment }: Program,
  fleetFile: string,
  ports: Ports,
): ChildSpec => ({
  name: 'simulated hosts',
  command: [node, path.resolve(directory, '../../fleet-sim/dist/main.demo.js'), ...['--fleet', fleetFile]],
  environment: { PATH: environment.PATH },
  readyUrl: `http://127.0.0.1:${demoPortsOf(ports).control}/ready`,
  isAwaited: true,
});
