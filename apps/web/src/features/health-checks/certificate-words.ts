import type { TestResultView } from '@patchgate/contracts';
import { formatDuration } from '../../lib/times.js';

const dayMs = 86_400_000;
const soonMs = 14 * dayMs;

type Certificate = NonNullable<TestResultView['certificate']>;

/** When a certificate ends, and whether that is near enough to say it aloud. Null when none was sent. */
export function expiryOf(
  { valid_to: validTo }: Pick<Certificate, 'valid_to'>,
  nowMs: number,
): { words: string; isNear: boolean } | null {
  const endMs = Date.parse(validTo);
  if (Number.isNaN(endMs)) return null;
  const leftMs = endMs - nowMs;
  return {
    words: leftMs < 0 ? `expired ${formatDuration(leftMs)} ago` : `in ${formatDuration(leftMs)}`,
    isNear: leftMs < soonMs,
  };
}

/** `CN=shop.example.org, O=Shop` as a person calls it: `shop.example.org`. */
export function commonNameOf(distinguishedName: string): string {
  const [, name] = /(?:^|, )CN=([^,]+)/.exec(distinguishedName) ?? [];
  return name ?? distinguishedName;
}
