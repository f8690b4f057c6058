import { claimablePort } from './loopback.js';

export interface WantedPort {
  readonly variable: string;
  readonly host: string;
  /** 0 leaves the choice to us. */
  readonly port: number;
}

/** The port of each listener, by the variable that sets it. */
export type Ports = Readonly<Record<string, number>>;

export type PortsOutcome =
  { readonly kind: 'free'; readonly ports: Ports } | { readonly kind: 'taken'; readonly line: string };

/** Looks before anything is started, so that a taken port is one clear line and not a crash of a child. */
export async function claimPorts(wanted: readonly WantedPort[]): Promise<PortsOutcome> {
  const ports: Record<string, number> = {};
  for (const { variable, host, port } of wanted) {
    const claimed = await claimablePort(port, host);
    if (claimed === undefined) {
      const line = `port ${port} of ${host} is taken by another program: stop that, or choose another port with ${variable}`;
      return { kind: 'taken', line };
    }
    ports[variable] = claimed;
  }
  return { kind: 'free', ports };
}
