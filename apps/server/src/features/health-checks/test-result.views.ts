import type { TestResultView } from '@patchgate/contracts';
import type { Principal } from '../../platform/http/caller.js';
import type { TestedNow } from './test-health-check.service.js';
import { wordsFor } from './words-for.js';

export function testResultView({ checkedAt, ...result }: TestedNow, viewer: Principal): TestResultView {
  const told = wordsFor(viewer, result);
  const view = { ...told, checked_at: checkedAt.toISOString() };
  // What was reached before the end would tell denied and unresolvable apart, as would an address.
  return told === result ? view : { ...view, phases: {}, address: null };
}
