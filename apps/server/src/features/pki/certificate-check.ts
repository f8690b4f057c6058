import type { CheckDefinition, CheckOutcome } from '@patchgate/service-health';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock/clock.js';
import { readCertificateLives } from './certificate-lives.repository.js';
import type { CertificateLives, Life } from './certificate-lives.repository.js';

const dayMs = 86_400_000;
const longestNoticeMs = 180 * dayMs;
/** A new one is made every 12 hours. */
const listAgesAfterMs = dayMs;

/** Alarms in time for a person to act: what renews by itself has had half of its last third for it. */
export function certificateCheck(dataSource: DataSource, clock: Clock): CheckDefinition {
  return {
    name: 'certificates',
    critical: false,
    everyMs: 60_000,
    timeoutMs: 5_000,
    check: async () => judgeLives(await readCertificateLives(dataSource.manager), clock.now()),
  };
}

/** The worst first: without authority and manager certificate no agent is reached at all. */
export function judgeLives(lives: CertificateLives, now: Date): CheckOutcome {
  const { authority, manager, nextAgent, revocationListMadeAt } = lives;
  if (!authority) return { status: 'unhealthy', reason: 'authority_missing' };
  if (isOver(authority, now)) return { status: 'unhealthy', reason: 'authority_ended' };
  if (!manager) return { status: 'unhealthy', reason: 'manager_certificate_missing' };
  if (isOver(manager, now)) return { status: 'unhealthy', reason: 'manager_certificate_ended' };
  if (nextAgent && isOver(nextAgent, now)) return { status: 'degraded', reason: 'agent_certificate_ended' };
  if (isEnding(manager, now)) return { status: 'degraded', reason: 'manager_certificate_ending' };
  if (nextAgent && isEnding(nextAgent, now))
    return { status: 'degraded', reason: 'agent_certificate_ending' };
  if (isEnding(authority, now)) return { status: 'degraded', reason: 'authority_ending' };
  if (!revocationListMadeAt) return { status: 'degraded', reason: 'revocation_list_missing' };
  const isOld = now.getTime() - revocationListMadeAt.getTime() > listAgesAfterMs;
  return isOld ? { status: 'degraded', reason: 'revocation_list_old' } : { status: 'healthy' };
}

const isOver = ({ notAfter }: Life, now: Date): boolean => now >= notAfter;

/** A sixth of the life is left, or half a year of what lives for many. */
function isEnding({ notBefore, notAfter }: Life, now: Date): boolean {
  const noticeMs = Math.min((notAfter.getTime() - notBefore.getTime()) / 6, longestNoticeMs);
  return notAfter.getTime() - now.getTime() < noticeMs;
}
