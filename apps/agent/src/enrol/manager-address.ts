import { EnrolmentError } from './enrolment-error.js';

/**
 * The origin of the manager. In the clear the token could be read on the way, so that is for a manager on this very
 * machine only.
 *
 * @throws EnrolmentError
 */
export function parseManagerAddress(text: string): URL {
  if (!URL.canParse(text))
    throw new EnrolmentError('--manager: expected an address such as https://manager.example.org');
  const url = new URL(text);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new EnrolmentError('--manager: http is for a manager on this machine only; use https');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new EnrolmentError('--manager: expected https');
  if (url.username !== '' || url.password !== '')
    throw new EnrolmentError('--manager: no user or password in it');
  return new URL(url.origin);
}

const isLoopback = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
