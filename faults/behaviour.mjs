// How a simulated host takes its next order: mostly well, and now and then as hosts do.

const patches = (/** @type {boolean} */ requiresReboot) => [
  {
    ...{ name: 'openssl', current_version: '3.0.14-1', available_version: '3.0.15-1' },
    ...{ security: true, requires_reboot: requiresReboot },
  },
];

const busy = { status: 423, code: 'HOST_BUSY', retryable: true };
const never = { status: 400, code: 'VALIDATION_ERROR', retryable: false };

/**
 * @param {import('./random.mjs').Random} random
 * @returns {object} a script of apps/fleet-sim, with everything in it that an earlier one may have changed
 */
export function behaviourOf(random) {
  const isOneIn = (/** @type {number} */ many) => random.next() < 1 / many;
  return {
    patches: patches(isOneIn(2)),
    start_ms: isOneIn(3) ? random.between(200, 2_000) : 0,
    run_ms: random.between(20, 2_000),
    run_fails: isOneIn(15),
    services: { nginx: true },
    reboot_ms: random.between(50, 1_500),
    loses_next_reply: isOneIn(8),
    loses_next_order: isOneIn(12),
    refuses_orders: isOneIn(15) ? busy : isOneIn(40) ? never : null,
  };
}

/** What passes by itself: a busy host is free again. */
export const atEase = { refuses_orders: null };
