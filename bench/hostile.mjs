// `npm run bench -- hostile`: what targets that do their worst take away from the others.
import { setTimeout as delay } from 'node:timers/promises';
import { say, sayOthers } from './figures.mjs';
import { hostileUrls } from './hostile-urls.mjs';
import { openInstallation, startCommand } from './installation.mjs';
import { canServeNames, startNameServer, zone } from './name-server.mjs';
import { polledTimes } from './polled-times.mjs';
import { watchOthers } from './process-tree.mjs';
import { seedChecks } from './seed-checks.mjs';
import { startTargets } from './targets.mjs';

const seconds = Number(process.env.PATCHGATE_BENCH_SECONDS ?? 30);
/** Observed for the whole of it, so that every check is due once; the product knows none below ten seconds. */
const intervalSeconds = Math.max(10, seconds);
const timeoutMs = Number(process.env.PATCHGATE_CHECK_TIMEOUT_MS ?? 10_000);
const perSecond = 200;
const checksEach = 2;
const megabytesMore = 100;

export async function benchHostile() {
  const targets = await startTargets();
  const names = canServeNames() ? await startNameServer() : undefined;
  if (!names) console.log('without slow names: only root may serve them and say who asks for them');
  try {
    return await measure(targets.ports, names);
  } finally {
    names?.stop();
    targets.stop();
  }
}

/** @param {Record<string, number>} ports @param {Awaited<ReturnType<typeof startNameServer>>} [names] */
async function measure(ports, names) {
  const settings = { PATCHGATE_POLL_INTERVAL_SECONDS: String(intervalSeconds) };
  const patchgate = await openInstallation(settings, names?.commandLine(startCommand) ?? startCommand);
  try {
    const { db } = patchgate;
    const hosts = Math.ceil((perSecond * intervalSeconds) / checksEach);
    // Every second good one is asked for by its name, and so has to pass the slow ones.
    const byName = Array.from({ length: 100 }, (_, n) => (names ? `web-${n}.quick.${zone}` : 'localhost'));
    const urls = byName.flatMap((name) =>
      ['127.0.0.1', name].map((host) => `http://${host}:${ports.good}/ok`),
    );
    await seedChecks(db, { hosts, checksEach, urls, intervalSeconds });
    await db.query(
      `UPDATE host_health_checks SET name = 'hostile'
       WHERE id IN (SELECT id FROM host_health_checks ORDER BY md5(id::text) LIMIT $1)`,
      [(hosts * checksEach) / 10],
    );
    await delay(Math.min(seconds, 10) * 1000);
    const others = watchOthers();
    const undisturbed = await observe(patchgate);
    const hostile = hostileUrls(ports, names !== undefined);
    await db.query(
      `UPDATE host_health_checks c SET url = ($1::text[])[1 + n % cardinality($1::text[])]
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM host_health_checks WHERE name = 'hostile') h
       WHERE c.id = h.id`,
      [hostile],
    );
    await delay(seconds * 1000);
    const disturbed = await observe(patchgate);
    sayOthers([others()]);
    await sayReasons(db);
    say('CPU of the worker, undisturbed', '%', [undisturbed.workerPercent]);
    say('CPU of the worker, a tenth hostile', '%', [disturbed.workerPercent]);
    say('good checks, undisturbed', '1/s', [undisturbed.good]);
    say('good checks, a tenth hostile', '1/s', [disturbed.good]);
    say('99 of 100 good begin within, undisturbed', 's', [undisturbed.p99]);
    return [
      say('good checks of those undisturbed', '%', [(disturbed.good / undisturbed.good) * 100], {
        least: 99,
      }),
      say('99 of 100 good begin later than undisturbed by', 's', [disturbed.p99 - undisturbed.p99], {
        most: 1,
      }),
      say('memory of the worker above undisturbed', 'MiB', [disturbed.megabytes - undisturbed.megabytes], {
        most: megabytesMore,
      }),
    ].every(Boolean);
  } finally {
    await patchgate.stop();
  }
}

/** One interval of the good checks. @param {import('./installation.mjs').Installation} patchgate */
async function observe({ db, cpu, memory }) {
  const from = new Date();
  const before = cpu().worker ?? 0;
  let megabytes = 0;
  while (Date.now() < from.getTime() + seconds * 1000) {
    megabytes = Math.max(megabytes, memory().worker ?? 0);
    await delay(500);
  }
  const elapsed = (Date.now() - from.getTime()) / 1000;
  const workerPercent = (((cpu().worker ?? 0) - before) / elapsed) * 100;
  // What shares a host with a check that hangs is stored when that one is given up.
  await delay(timeoutMs + Math.min(seconds, 3) * 1000);
  const { rows } = await db.query(
    `SELECT count(*)::int AS n FROM host_health_check_results r JOIN host_health_checks c ON c.id = r.check_id
     WHERE c.name = 'bench' AND healthy AND checked_at >= $1 AND checked_at < $1::timestamptz + make_interval(secs => $2)`,
    [from, seconds],
  );
  const times = await polledTimes(db, {
    ...{ from, seconds, intervalSeconds },
    where: "name = 'bench'",
  });
  return { good: rows[0].n / seconds, p99: times.p99, megabytes, workerPercent };
}

/** @param {import('pg').Client} db */
async function sayReasons(db) {
  const { rows } = await db.query(
    `SELECT last_reason AS reason, count(*)::int AS n FROM health_check_state s JOIN host_health_checks c ON c.id = s.check_id
     WHERE name = 'hostile' GROUP BY 1 ORDER BY 2 DESC`,
  );
  console.log(`hostile checks: ${rows.map(({ reason, n }) => `${n} ${reason}`).join(', ')}`);
}
