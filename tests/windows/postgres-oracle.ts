import type { Occurrence } from '@patchgate/domain';
import type { Client } from 'pg';

/** A start and the zone it was made for. */
export interface JudgedStart extends Occurrence {
  readonly zone: string;
}

/**
 * What the embedded PostgreSQL 18.4 does not know yet and the data of Node 24 (2026c) do: since these instants Morocco
 * with Western Sahara and Alberta change their clocks no more. All other zones agree, from 2000 to 2040.
 */
const newerThanPostgres: Readonly<Record<string, number>> = {
  'Africa/Casablanca': Date.UTC(2026, 8, 20),
  'Africa/El_Aaiun': Date.UTC(2026, 8, 20),
  'America/Edmonton': Date.UTC(2026, 10, 1),
};
const dayMs = 86_400_000;

/** Whether PostgreSQL has the same data for this time, and for the day before that it is asked about too. */
export const isKnownToPostgres = ({ zone, opensAt }: JudgedStart): boolean =>
  opensAt < (newerThanPostgres[zone] ?? Infinity) - dayMs;

/** The zones that PostgreSQL's own data do not know. */
export async function zonesUnknownToPostgres(client: Client, zones: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ zone: string }>(
    `SELECT zone FROM unnest($1::text[]) AS zone
      WHERE NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = zone) ORDER BY zone`,
    [zones],
  );
  return rows.map(({ zone }) => zone);
}

/**
 * The starts that PostgreSQL does not agree with. It is asked both ways: what it shows at the instant, and which instant
 * it takes the local time for. That is the second of two and nothing defined in a gap; so for two the first must be
 * another instant that shows the same, and in a gap the clocks must jump over the local time at that very instant.
 */
export async function refutedByPostgres(
  client: Client,
  starts: readonly JudgedStart[],
): Promise<JudgedStart[]> {
  const { rows } = await client.query<{ n: string }>(
    `SELECT n FROM unnest($1::text[], $2::timestamp[], $3::float8[], $4::text[]) WITH ORDINALITY
        AS given (zone, local, at_ms, shift, n),
      LATERAL (SELECT to_timestamp(at_ms / 1000) AS at) AS instant,
      LATERAL (SELECT at AT TIME ZONE zone AS shown, (at - interval '1 second') AT TIME ZONE zone AS shown_before,
        local AT TIME ZONE zone AS theirs,
        (at - interval '1 day') AT TIME ZONE zone - (at - interval '1 day') AT TIME ZONE 'UTC' AS offset_before) AS asked,
      LATERAL (SELECT (local - offset_before) AT TIME ZONE 'UTC' AS earlier) AS other
      WHERE NOT CASE shift
        WHEN 'none' THEN shown = local AND theirs = at AND NOT (earlier < at AND earlier AT TIME ZONE zone = local)
        WHEN 'overlap' THEN shown = local AND theirs > at AND theirs AT TIME ZONE zone = local
        WHEN 'gap' THEN shown_before < local AND shown > local
      END`,
    [
      starts.map(({ zone }) => zone),
      starts.map(({ localStart }) => localStart),
      starts.map(({ opensAt }) => opensAt),
      starts.map(({ shift }) => shift),
    ],
  );
  return rows.flatMap(({ n }) => starts[Number(n) - 1] ?? []);
}
