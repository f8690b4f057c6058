import type { DialError } from '@patchgate/dial';
import { AgentError } from './agent-failure.js';
import type { AgentFailure } from './agent-failure.js';

/**
 * A call that brought no answer. In TLS 1.3 the peer judges our certificate after our handshake is over, so its refusal
 * comes in the place of the first answer (RFC 8446, 4.4.2.4 and 6.2).
 *
 * @param hasOpened whether a connection was there, so that the question may have been read
 */
export function unanswered(error: DialError, hasOpened: boolean): AgentError {
  const failure = failureOf(error, hasOpened);
  const message = failure === 'refused_us' ? 'the agent does not accept our certificate' : error.message;
  return new AgentError(failure, message, { isRetryable: true, cause: error });
}

function failureOf(error: DialError, hasOpened: boolean): AgentFailure {
  switch (error.reason) {
    case 'dns':
    case 'blocked':
    case 'connect':
    case 'cert':
      return 'unreachable';
    case 'tls':
      return isAlert(error) ? 'refused_us' : 'unreachable';
    case 'body':
      return 'bad_answer';
    case 'http':
      if (isAlert(error)) return 'refused_us';
      return hasOpened ? 'lost' : 'unreachable';
    case 'timeout':
      return hasOpened ? 'lost' : 'unreachable';
  }
}

/** Alerts that speak of a certificate (RFC 8446, 6.2), as OpenSSL names them. */
const alert =
  /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED|NO_CERTIFICATE)|TLSV13_ALERT_CERTIFICATE_REQUIRED/i;

function isAlert(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && alert.test(cause.code)) return true;
  }
  return false;
}
