/** Why a connection or an exchange over it did not come about. */
export type DialFailure = 'timeout' | 'dns' | 'blocked' | 'connect' | 'tls' | 'cert' | 'http' | 'body';

/** A target that fails. The message is for people: it names no credentials and no more of the answer than its status. */
export class DialError extends Error {
  override name = 'DialError';

  constructor(
    readonly reason: DialFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The error as a `DialError`: itself, else one of this kind with the platform's code in words. */
export function toDialError(reason: DialFailure, error: unknown): DialError {
  return error instanceof DialError ? error : new DialError(reason, inWords(error), { cause: error });
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by the other side',
  EPIPE: 'connection closed by the other side',
  ETIMEDOUT: 'no answer from the network',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name server does not answer',
  EADDRNOTAVAIL: 'the address is not available',
  EMFILE: 'this process has no file descriptors left',
  UND_ERR_SOCKET: 'connection closed by the other side',
  UND_ERR_HEADERS_OVERFLOW: 'the headers are too large',
  HPE_HEADER_OVERFLOW: 'the headers are too large',
};

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return (code === undefined ? undefined : (words[code] ?? code)) ?? error.message;
}
