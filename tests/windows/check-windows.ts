import { occurrences } from '@patchgate/domain';
import type { Client } from 'pg';
import { isDeepStrictEqual } from 'node:util';
import { occurrencesByLuxon } from './luxon-oracle.js';
import { isKnownToPostgres, refutedByPostgres, zonesUnknownToPostgres } from './postgres-oracle.js';
import type { JudgedStart } from './postgres-oracle.js';
import { allZones, windowCases } from './window-case.js';
import type { WindowCase } from './window-case.js';

const timesOfEach = 3;
const atOnce = 20_000;

export interface WindowReport {
  /** Times that were judged. */
  starts: number;
  /** Of these by PostgreSQL too. */
  startsKnownToPostgres: number;
  shifts: Record<JudgedStart['shift'], number>;
  unknownToPostgres: string[];
  refutedByPostgres: JudgedStart[];
  refutedByLuxon: WindowCase[];
}

/**
 * Holds the times of made-up rules in all zones, from 2000 to 2040, against a calendar of another library and against
 * PostgreSQL's own data of zones.
 *
 * @param cycles how many rules; each is asked for its next three times
 * @param client of any PostgreSQL
 */
export async function checkWindows(cycles: number, seed: number, client: Client): Promise<WindowReport> {
  const unknownToPostgres = await zonesUnknownToPostgres(client, allZones);
  const report: WindowReport = {
    starts: 0,
    startsKnownToPostgres: 0,
    shifts: { none: 0, gap: 0, overlap: 0 },
    unknownToPostgres,
    refutedByPostgres: [],
    refutedByLuxon: [],
  };
  for (let done = 0; done < cycles; done += atOnce) {
    const cases = windowCases(Math.min(atOnce, cycles - done), seed + done);
    const starts = cases.flatMap((each) => judge(each, report));
    const known = starts.filter(
      (start) => isKnownToPostgres(start) && !unknownToPostgres.includes(start.zone),
    );
    report.startsKnownToPostgres += known.length;
    report.refutedByPostgres.push(...(await refutedByPostgres(client, known)));
  }
  return report;
}

function judge(each: WindowCase, report: WindowReport): JudgedStart[] {
  const { rule, from } = each;
  const found = occurrences(rule, { from, limit: timesOfEach });
  if (!isDeepStrictEqual(found, occurrencesByLuxon(each, timesOfEach))) report.refutedByLuxon.push(each);
  report.starts += found.length;
  for (const { shift } of found) report.shifts[shift] += 1;
  return found.map((start) => ({ ...start, zone: rule.timeZone }));
}
