import { ConfigError } from './config-error.js';
import { isLoopbackHost } from './loopback-host.js';

/** How the api talks to browsers. They drop the session cookie over plain HTTP, except on their own machine. */
export type Transport =
  | { readonly kind: 'plain' }
  | { readonly kind: 'own_certificate' }
  | { readonly kind: 'certificate_files'; readonly certFile: string; readonly keyFile: string };

interface Wishes {
  readonly host: string;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly publicUrl: string | undefined;
}

/**
 * Plain HTTP on loopback and behind a proxy that speaks HTTPS; HTTPS everywhere else, with the certificate given or one
 * of Patchgate's own authority.
 *
 * @throws ConfigError for wishes that leave no address where a browser could sign in
 */
export function chooseTransport(wishes: Wishes): Transport {
  const transport = fromFiles(wishes) ?? withoutFiles(wishes);
  assertPublicUrl(wishes.publicUrl, transport);
  return transport;
}

function fromFiles({ certFile, keyFile }: Wishes): Transport | undefined {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined) {
    throw new ConfigError(
      'PATCHGATE_TLS_CERT',
      'nothing',
      'the certificate that belongs to PATCHGATE_TLS_KEY',
    );
  }
  if (keyFile === undefined) {
    throw new ConfigError(
      'PATCHGATE_TLS_KEY',
      'nothing',
      'the private key that belongs to PATCHGATE_TLS_CERT',
    );
  }
  return { kind: 'certificate_files', certFile, keyFile };
}

function withoutFiles({ host, trustedProxies, publicUrl }: Wishes): Transport {
  if (isLoopbackHost(host)) return { kind: 'plain' };
  if (trustedProxies.length === 0) return { kind: 'own_certificate' };
  if (publicUrl === undefined) {
    const expected = `the https URL that browsers reach the proxy at, because PATCHGATE_TRUSTED_PROXIES is set and PATCHGATE_HOST is ${host}`;
    throw new ConfigError('PATCHGATE_PUBLIC_URL', 'nothing', expected);
  }
  return { kind: 'plain' };
}

function assertPublicUrl(publicUrl: string | undefined, { kind }: Transport): void {
  if (publicUrl === undefined || publicUrl.startsWith('https:')) return;
  if (kind === 'plain' && isLoopbackHost(new URL(publicUrl).hostname)) return;
  const expected =
    kind === 'plain'
      ? 'an https URL, because browsers drop the session cookie over plain HTTP'
      : 'an https URL, because HTTPS is what is served';
  throw new ConfigError('PATCHGATE_PUBLIC_URL', `"${publicUrl}"`, expected);
}
