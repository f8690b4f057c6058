// Where the hostile checks of a benchmark go: one address for each way of being a bad peer.
import { zone } from './name-server.mjs';

const hostile = [
  ...['silent', 'header-drip', 'body-drip', 'endless-body', 'endless-headers', 'huge-length', 'gzip-bomb'],
  ...[
    'redirect-loop',
    'redirect-to-metadata',
    'reset-mid-body',
    'half-open',
    'continue-flood',
    'broken-chunking',
  ],
];
const hostileTls = ['tls-stall', 'tls-expired'];
/** Nothing listens there. */
const refused = 'http://127.0.0.1:9/';

/** @param {Record<string, number>} ports of the targets @param {boolean} hasNames @returns {string[]} */
export function hostileUrls(ports, hasNames) {
  const names = ['silent', 'slow', 'huge'].flatMap((kind) =>
    Array.from({ length: 10 }, (_, n) => `http://bad-${n}.${kind}.${zone}:${ports.good}/ok`),
  );
  return [
    ...hostile.map((name) => `http://127.0.0.1:${ports[name]}/`),
    ...hostileTls.map((name) => `https://127.0.0.1:${ports[name]}/`),
    refused,
    ...(hasNames ? names : []),
  ];
}
