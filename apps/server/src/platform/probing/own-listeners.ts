import { systemResolve } from '@patchgate/dial';
import type { OwnListener, Resolve } from '@patchgate/dial';
import type { Config } from '../../config/config.schema.js';
import { isEveryAddress, isLoopbackHost } from '../../config/loopback-host.js';
import type { Clock } from '../clock/clock.js';
import type { Logger } from '../logger/logger.js';

type Addresses = OwnListener['addresses'];
type Ports = Pick<
  Config,
  'databaseUrl' | 'host' | 'port' | 'managementHost' | 'managementPort' | 'workerManagementPort'
>;

const refreshMs = 60_000;

/** What listens for this installation, so that no check can be pointed at it. */
export class OwnListeners {
  readonly #fixed: readonly OwnListener[];
  readonly #database: { readonly host: string; readonly port: number } | null;
  #databaseAddresses: Addresses = [];
  #askedAtMs = -Infinity;

  constructor(
    config: Ports,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly logger: Logger,
    private readonly resolve: Resolve = systemResolve,
  ) {
    const { host, port, managementHost, managementPort, workerManagementPort } = config;
    this.#fixed = [
      { addresses: addressesOf(host), port },
      { addresses: addressesOf(managementHost), port: managementPort },
      { addresses: addressesOf(managementHost), port: workerManagementPort },
    ];
    this.#database = databaseOf(config.databaseUrl);
  }

  read(): readonly OwnListener[] {
    const database = this.#database;
    if (!database) return this.#fixed;
    // A failover moves the name; the policy cannot wait for an answer, so the next decision has it.
    if (this.clock.monotonicMs() - this.#askedAtMs > refreshMs) void this.refresh();
    return [...this.#fixed, { addresses: this.#databaseAddresses, port: database.port }];
  }

  /** Finds the database's addresses anew; they stay as they are while its name does not resolve. */
  async refresh(): Promise<void> {
    if (!this.#database) return;
    this.#askedAtMs = this.clock.monotonicMs();
    const { host } = this.#database;
    const known = addressesOf(host);
    if (known === 'any') this.#databaseAddresses = known;
    else {
      try {
        this.#databaseAddresses = await this.resolve(host);
      } catch (err) {
        this.logger.warn({ err }, 'the name of the database does not resolve');
      }
    }
  }
}

/** What listens on loopback is this machine's, and may well listen on its other addresses too. */
const addressesOf = (host: string): Addresses =>
  isEveryAddress(host) || isLoopbackHost(host) ? 'any' : [host];

function databaseOf(url: string | undefined): { host: string; port: number } | null {
  if (url === undefined) return null;
  const { hostname, port } = new URL(url);
  // Without a host it is a socket in the file system.
  if (hostname === '') return null;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 5432 : Number(port) };
}
