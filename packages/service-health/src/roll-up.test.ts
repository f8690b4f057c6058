import { describe, expect, test } from 'vitest';

import { checkState } from './check-state.fixture.js';
import type { HealthStatus } from './health-check.js';
import { rollUp } from './roll-up.js';

describe('the overall status', () => {
  test.each<[HealthStatus, ...[HealthStatus | null, boolean][]]>([
    ['healthy'],
    ['healthy', ['healthy', true], ['healthy', false]],
    ['degraded', ['healthy', true], ['degraded', true]],
    ['degraded', ['healthy', true], ['degraded', false]],
    ['degraded', ['healthy', true], ['unhealthy', false]],
    ['unhealthy', ['healthy', true], ['unhealthy', true]],
    ['unhealthy', ['degraded', false], ['unhealthy', true]],
    ['unhealthy', ['healthy', true], [null, true]],
    ['degraded', ['healthy', true], [null, false]],
  ])('is %s for %j %j (status, critical)', (expected, ...checks) => {
    const states = checks.map(([status, critical]) =>
      checkState({ critical, outcome: status === null ? null : { status } }),
    );
    expect(rollUp(states)).toBe(expected);
  });
});
