import { exchangeHttp, toDialError } from '@patchgate/dial';
import type { IncomingMessage } from 'node:http';

import { Attempt } from './attempt.js';
import type { ProbeContext } from './attempt.js';
import { matcherFor } from './body-matcher.js';
import { decodeBody } from './decode-body.js';
import { ProbeFailure } from './probe-failure.js';
import type { ProbeResult } from './probe-result.js';

interface BasicAuth {
  readonly user: string;
  readonly password: string;
}

export interface HttpCheck {
  readonly type: 'http';
  /** Absolute, http or https, without credentials. */
  readonly url: string;
  /** Must be in the body; never empty. */
  readonly expectedBody: string;
  readonly ignoreCertErrors: boolean;
  /** `unreadable`: there is one and it cannot be had, so nothing is asked and the check is not healthy. */
  readonly basicAuth: BasicAuth | 'unreadable' | null;
}

type ReadableCheck = HttpCheck & { readonly basicAuth: BasicAuth | null };

const maxRedirects = 5;
/** Of decoded bytes: what a small compressed body becomes does not count as small. */
const maxBodyBytes = 256 * 1024;
const redirects = [301, 302, 303, 307, 308];

/** Healthy when a direct GET ends in a 2xx whose body contains the expected text. */
export async function probeHttp(check: HttpCheck, context: ProbeContext): Promise<ProbeResult> {
  return Attempt.run(context, async (attempt) => {
    const { basicAuth } = check;
    if (basicAuth === 'unreadable')
      throw new ProbeFailure('secret_unreadable', 'nothing was asked without it');
    const answer = await followToAnswer(attempt, { ...check, basicAuth });
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) throw new ProbeFailure('status', `HTTP ${status}`);
    await expectInBody(attempt, answer, check.expectedBody);
    return `HTTP ${status}, the body contains the expected text`;
  });
}

/** Each hop is dialled under the same policy and the same deadline, over a connection of its own. */
async function followToAnswer(attempt: Attempt, check: ReadableCheck): Promise<IncomingMessage> {
  const start = new URL(check.url);
  let url = start;
  for (let hop = 0; ; hop += 1) {
    const answer = await ask(attempt, url, { ...check, isOwnOrigin: url.origin === start.origin });
    const { location } = answer.headers;
    if (!redirects.includes(answer.statusCode ?? 0) || location === undefined) return answer;
    if (hop === maxRedirects) throw new ProbeFailure('http', `more than ${maxRedirects} redirects`);
    url = redirectTarget(url, location);
    attempt.deadline.release();
  }
}

function redirectTarget(from: URL, location: string): URL {
  const next = URL.parse(location, from.href);
  if (next?.protocol !== 'http:' && next?.protocol !== 'https:') {
    throw new ProbeFailure('http', 'a redirect to something that is no http or https URL');
  }
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new ProbeFailure('http', 'a redirect from https to http');
  }
  return next;
}

interface AskOptions extends ReadableCheck {
  readonly isOwnOrigin: boolean;
}

async function ask(attempt: Attempt, url: URL, options: AskOptions): Promise<IncomingMessage> {
  const isTls = url.protocol === 'https:';
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  const plain = await attempt.connect({ host: url.hostname, port });
  const socket = isTls
    ? await attempt.secure(plain, {
        serverName: url.hostname.replace(/^\[|\]$/g, ''),
        trust: attempt.context.trust,
        ignoreCertErrors: options.ignoreCertErrors,
      })
    : plain;
  const headers = {
    'user-agent': 'Patchgate',
    accept: '*/*',
    'accept-encoding': 'identity',
    // Where a redirect leads is not where the password belongs.
    ...(options.basicAuth && options.isOwnOrigin && { authorization: basic(options.basicAuth) }),
  };
  return exchangeHttp(socket, { url, headers }, attempt);
}

/** RFC 7617, with UTF-8. */
const basic = ({ user, password }: BasicAuth): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

async function expectInBody(attempt: Attempt, answer: IncomingMessage, expected: string): Promise<void> {
  const { deadline, phases } = attempt;
  const body = decodeBody(answer, deadline);
  const matcher = matcherFor(expected, answer.headers['content-type']);
  const look = async () => {
    let bytes = 0;
    // The deadline ends what is read; to end it here as well costs an error with its stack for each check.
    const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of chunks) {
      if (matcher.push(chunk.subarray(0, maxBodyBytes - bytes))) return;
      bytes += chunk.length;
      if (bytes >= maxBodyBytes) {
        const kib = maxBodyBytes / 1024;
        throw new ProbeFailure(
          'no_match_in_cap',
          `the first ${kib} KiB of the body do not contain the expected text`,
        );
      }
    }
    throw new ProbeFailure('no_match', 'the body does not contain the expected text');
  };
  try {
    await phases.measure('body', () => deadline.race(look()));
  } catch (error) {
    throw error instanceof ProbeFailure ? error : toDialError('body', error);
  }
}
