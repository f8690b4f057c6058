import type { HealthCheckView, probeReason } from '@patchgate/contracts';
import type { z } from 'zod';

export type ProbeReason = z.infer<typeof probeReason>;

interface ReasonWords {
  /** What happened, without a full stop: the detail follows where there is one. */
  what: string;
  /** Where a person looks next. */
  look: string;
}

const words: Record<ProbeReason, ReasonWords> = {
  ok: { what: 'The check passed', look: '' },
  timeout: {
    what: 'Time ran out',
    look: 'See whether the service is overloaded, or a firewall drops the packets without a word.',
  },
  dns: {
    what: 'The name could not be resolved',
    look: 'Compare the name with your DNS, as this server sees it.',
  },
  blocked: {
    what: 'This server is not allowed to connect to that address',
    look: 'Use an address of the host itself, or ask whoever runs this server to allow the network.',
  },
  connect: {
    what: 'No connection could be made',
    look: 'See whether the service runs and listens on this port, and whether a firewall refuses it.',
  },
  tls: {
    what: 'The TLS handshake failed',
    look: 'See whether the port speaks TLS at all, and which versions and client certificates it asks for.',
  },
  cert: {
    what: 'The certificate does not hold',
    look: 'Renew or replace the certificate, or test to see its name and expiry.',
  },
  http: {
    what: 'The answer is no proper HTTP',
    look: 'See what listens on this port, and where its redirects lead.',
  },
  status: {
    what: 'The status of the answer is no success',
    look: 'Read the log of the application; any status but 2xx counts as unhealthy.',
  },
  no_match: {
    what: 'The page is not the expected one',
    look: 'Open the page and compare it with the text this check expects.',
  },
  no_match_in_cap: {
    what: 'The page is too long to search it all',
    look: 'Point the check at a smaller page, one made for health checks.',
  },
  body: {
    what: 'The answer broke off before it was complete',
    look: 'Read the log of the server for a crash or a reset while it was answering.',
  },
  not_fastcgi: {
    what: 'Something answered that does not speak FastCGI',
    look: 'See which program listens on this port; a web server needs an HTTP check.',
  },
  bad_answer: {
    what: 'The answer of the application is not the expected one',
    look: 'Compare the path and the expected answer with the ping settings of the pool.',
  },
  pool_busy: {
    what: 'The pool is busy',
    look: 'Look at the slow log and the number of workers of the pool.',
  },
  agent_unreachable: {
    what: 'The agent on the host could not be reached',
    look: 'See whether the agent runs and its port is open; nothing is known of the service itself.',
  },
  agent_refused_us: {
    what: 'The agent on the host refused this server',
    look: 'Compare the certificates of both sides; nothing is known of the service itself.',
  },
  service_unknown: {
    what: 'The host knows no service of this name',
    look: 'Compare the name with “systemctl list-units” on the host.',
  },
  service_name_invalid: {
    what: 'The agent does not accept this name of a service',
    look: 'Write the unit as systemd does, such as nginx or php8.2-fpm.service.',
  },
  service_unhealthy: {
    what: 'The service is not healthy, says the agent',
    look: 'Read “systemctl status” and the journal of the service on the host.',
  },
  agent_error: {
    what: 'The agent could not tell the state of the service',
    look: 'Read the log of the agent on the host.',
  },
  secret_unreadable: {
    what: 'The stored password cannot be opened',
    look: 'Edit the check and enter the password again; whoever runs this server finds the cause in its log.',
  },
};

type Outcome = Pick<NonNullable<HealthCheckView['last_result']>, 'reason' | 'detail'>;

/** What happened, as one sentence with the probe's own detail: `No connection could be made: connection refused.` */
export function whatHappened({ reason, detail }: Outcome): string {
  const { what } = words[reason];
  return detail === '' ? `${what}.` : `${what}: ${withoutStop(detail)}.`;
}

/** What a person does about it; empty when nothing is wrong. */
export const whatToLookAt = (reason: ProbeReason): string => words[reason].look;

const shortDetail = 24;

/** The same in as few words as a tooltip has room for: a short detail such as `HTTP 503`, else what happened. */
export const inShort = ({ reason, detail }: Outcome): string =>
  detail === '' || detail.length > shortDetail
    ? words[reason].what.charAt(0).toLowerCase() + words[reason].what.slice(1)
    : withoutStop(detail);

const withoutStop = (text: string): string => text.trim().replace(/\.$/, '');
