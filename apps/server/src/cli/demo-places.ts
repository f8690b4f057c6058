import path from 'node:path';
import type { DemoPorts } from '../features/demo/demo-host.js';
import type { Ports, WantedPort } from '../supervisor/port-check.js';

/** The files of a demo, in a directory of their own within its data directory. */
export function filesOfDemo({ dataDir }: { dataDir: string }) {
  const directory = path.join(dataDir, 'demo');
  return {
    /** That this data directory is a demo's, which may be made anew. */
    mark: path.join(dataDir, 'this-is-a-demo'),
    /** For the simulator. */
    fleet: path.join(directory, 'fleet.json'),
    /** For the api. */
    api: path.join(directory, 'api.json'),
    /** The authority behind the certificates that simulated services show. */
    authority: path.join(directory, 'targets-ca.pem'),
  };
}

const kinds = ['agent', 'http', 'fastcgi', 'tcp', 'tls', 'control'] as const;
type Kind = (typeof kinds)[number];

const variableOf = (kind: Kind): string => `PATCHGATE_DEMO_${kind.toUpperCase()}_PORT`;

/**
 * A port that is free on 127.0.0.1 is so on the addresses of the simulated hosts, which nobody else has. They are free
 * for as long as it takes to start; like all our ports, they are looked for before anything is.
 */
export const demoPorts: readonly WantedPort[] = kinds.map((kind) => ({
  variable: variableOf(kind),
  host: '127.0.0.1',
  port: 0,
}));

/** From the ports that were found, or from an environment that they were put into. */
export function demoPortsOf(given: Ports | NodeJS.ProcessEnv): DemoPorts & { readonly control: number } {
  const port = (kind: Kind) => Number(given[variableOf(kind)]);
  return {
    ...{ agent: port('agent'), http: port('http'), fastcgi: port('fastcgi') },
    ...{ tcp: port('tcp'), tls: port('tls'), control: port('control') },
  };
}
