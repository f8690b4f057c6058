import type { Unit } from './unit-properties.js';

/** systemd's own words for "there is no such unit, or none that could be used". */
const ABSENT: readonly string[] = ['not-found', 'bad-setting', 'error'];

export const isAbsent = (unit: Unit): boolean => ABSENT.includes(unit.LoadState);

/**
 * Healthy is loaded and active (or reloading) and not failed. A oneshot that keeps no `RemainAfterExit` is active only
 * while it works, so a finished one is inactive and not healthy. A unit that is idle because a socket of its own listens in its place is as
 * good as one that runs.
 *
 * @param triggers the units that start this one
 */
export function isHealthy(unit: Unit, triggers: readonly Unit[]): boolean {
  if (unit.LoadState !== 'loaded') return false;
  if (isUp(unit)) return true;
  return unit.ActiveState === 'inactive' && triggers.some((one) => one.Id.endsWith('.socket') && isUp(one));
}

const isUp = (unit: Unit): boolean =>
  (unit.ActiveState === 'active' || unit.ActiveState === 'reloading') && unit.SubState !== 'failed';
