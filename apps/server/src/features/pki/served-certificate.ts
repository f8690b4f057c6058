import type { TlsOptions } from '../../platform/http/http-server.js';

/** Where a listener's certificate comes from, now and later. */
export interface ServedCertificate {
  readonly current: TlsOptions;
  /** @returns what to show from now on; undefined while the current one is right */
  renew(): Promise<TlsOptions | undefined>;
}
