// Work that keeps coming: an order for hosts that are free, again and again, until it is told to stop.
import { setTimeout as delay } from 'node:timers/promises';
import { atEase, behaviourOf } from './behaviour.mjs';

/** What a person is told who wants to free a host whose outcome nobody knows. */
const resolution = { outcome: 'failed', reason: 'nobody knows, and the host is wanted again' };
/** By then whatever was on its way to an agent has come or will not. */
const resolveAfterSeconds = 10;

/** A host that was busy is free again; an order that came meanwhile is tried once more. */
const easeAfterMs = 8_000;

/**
 * @typedef {object} Accepted what the api has answered 201 to
 * @property {string} jobId
 * @property {readonly string[]} hostIds
 */

/** @typedef {ReturnType<typeof startWork>} Work */

/**
 * @param {import('./installation.mjs').Installation} installation
 * @param {object} wanted
 * @param {import('./random.mjs').Random} wanted.random
 * @param {number} wanted.atOnce hosts in one order, at most
 * @param {number} wanted.mostOpen runs that are open at one time
 * @param {object} [wanted.behaviour] of every host, over what the seed says of it
 */
export function startWork(installation, { random, atOnce, mostOpen, behaviour = {} }) {
  /** @type {Accepted[]} */
  const accepted = [];
  let runs = 0;
  let isStopped = false;
  const tell = (/** @type {string} */ host_id, /** @type {object} */ script) =>
    void installation.fleet.command({ command: 'script', host_id, script });
  const order = async () => {
    const free = await installation.rows(freeHosts, [atOnce, mostOpen]);
    if (free.length === 0) return;
    const hostIds = free.map(({ id }) => String(id));
    const scripts = hostIds.map((hostId) => ({ hostId, script: { ...behaviourOf(random), ...behaviour } }));
    for (const { hostId, script } of scripts) tell(hostId, script);
    const { status, body } = await installation.api.call('POST', '/patch-jobs', {
      ...{ host_ids: hostIds, selection: 'all', schedule: 'now', deadline_minutes: 60 },
      ...{ allow_reboot: random.next() < 0.5, max_in_flight: 20_000, max_failures: 20_000 },
    });
    // No answer, or that the database is away, promises nothing; whatever else is refused is a mistake of ours.
    if (status === 201) {
      accepted.push({ jobId: body.id, hostIds });
      runs += hostIds.length;
      setTimeout(() => !isStopped && hostIds.forEach((hostId) => tell(hostId, atEase)), easeAfterMs).unref();
    } else if (status !== 0 && status < 500 && status !== 409) {
      throw new Error(`an order was refused: ${status} ${JSON.stringify(body)}`);
    }
  };
  const disturb = async () => {
    for (const { id, job_id } of await installation.rows(unknownOutcomes, [resolveAfterSeconds])) {
      await installation.api.call('POST', `/patch-jobs/${job_id}/hosts/${id}/resolve`, resolution);
    }
    if (random.next() > 0.25) return;
    for (const { id, job_id } of await installation.rows(cancellable)) {
      await installation.api.call('POST', `/patch-jobs/${job_id}/hosts/${id}/cancel`, {});
    }
  };
  const done = (async () => {
    while (!isStopped) {
      for (const step of [order, disturb]) {
        await step().catch((/** @type {unknown} */ error) => {
          // Looking fails while PostgreSQL is away; that is what the next turn is for.
          if (error instanceof Error && error.message.startsWith('an order was refused')) throw error;
        });
      }
      await delay(250);
    }
  })();
  // Told to whoever waits for it.
  done.catch(() => undefined);
  return {
    accepted,
    runs: () => runs,
    /** Throws what went wrong meanwhile. */
    stop: async () => {
      isStopped = true;
      await done;
      for (const { id } of installation.hosts) tell(id, atEase);
    },
    done,
  };
}

const active = `status IN ('queued', 'waiting_health_check', 'dispatching', 'running', 'rebooting', 'verifying')
  OR status = 'indeterminate' AND resolved_at IS NULL`;
const freeHosts = `SELECT id FROM hosts h WHERE agent_status = 'connected'
    AND NOT EXISTS (SELECT FROM patch_job_hosts r WHERE r.host_id = h.id AND (${active}))
  ORDER BY random()
  LIMIT least($1, greatest(0, $2 - (SELECT count(*) FROM patch_job_hosts WHERE ended_at IS NULL)))`;
const unknownOutcomes = `SELECT id, job_id FROM patch_job_hosts WHERE status = 'indeterminate' AND resolved_at IS NULL
  AND ended_at < now() - make_interval(secs => $1)`;
/** One that may or may not have been told already: those that were, and have not begun, first. */
const cancellable = `SELECT id, job_id FROM patch_job_hosts
  WHERE status IN ('queued', 'waiting_health_check', 'dispatching', 'running') AND cancel_requested_at IS NULL
  ORDER BY status = 'dispatching' OR status = 'running' AND accepted_at > now() - interval '2 s' DESC, random() LIMIT 1`;
