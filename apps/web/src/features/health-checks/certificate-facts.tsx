import type { TestResultView } from '@patchgate/contracts';
import { formatExact, viewerZone } from '../../lib/times.js';
import type { Fact } from '../../ui/fact-list.js';
import { commonNameOf, expiryOf } from './certificate-words.js';
import classes from './test-result.module.css';

export function certificateFacts(
  certificate: NonNullable<TestResultView['certificate']>,
  nowMs: number,
): Fact[] {
  const expiry = expiryOf(certificate, nowMs);
  return [
    { name: 'Certificate', value: certificate.problem ?? 'trusted, for this name' },
    { name: 'For', value: commonNameOf(certificate.subject) },
    { name: 'By', value: commonNameOf(certificate.issuer) },
    ...(expiry === null
      ? []
      : [{ name: 'Ends', value: `${formatExact(certificate.valid_to, viewerZone())}, ${expiry.words}` }]),
    { name: 'SHA-256', value: <code className={classes.fingerprint}>{certificate.fingerprint}</code> },
  ].filter(({ value }) => value !== '');
}
