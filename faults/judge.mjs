// The oracle: what the hosts' own ledger says, held against every order that was accepted and every run there is.

/**
 * @typedef {object} RunRow
 * @property {string} id
 * @property {string} job_id
 * @property {string} host_id
 * @property {string} status
 * @property {string | null} reason
 * @property {Date | null} dispatched_at
 * @property {Date} created_at of its job
 */

/** @typedef {{ kind: 'lost' | 'not_ended' | 'started_twice' | 'untrue' | 'stuck', what: string }} Violation */

export const runRows = `SELECT r.id, r.job_id, r.host_id, r.status, r.reason, r.dispatched_at, j.created_at
  FROM patch_job_hosts r JOIN patch_jobs j ON j.id = r.job_id ORDER BY j.created_at, r.id`;

const ended = ['succeeded', 'failed', 'cancelled', 'indeterminate'];

/**
 * @param {object} evidence
 * @param {readonly import('./work.mjs').Accepted[]} evidence.accepted
 * @param {readonly RunRow[]} evidence.runs the oldest first
 * @param {readonly import('./ledger.mjs').Deed[]} evidence.deeds
 * @param {ReadonlyMap<string, 'ours' | 'public'>} evidence.dialects of the hosts
 * @returns {Violation[]}
 */
export function judge({ accepted, runs, deeds, dialects }) {
  /** @type {Violation[]} */
  const violations = [];
  const known = new Set(runs.map(({ job_id, host_id }) => `${job_id} ${host_id}`));
  for (const { jobId, hostIds } of accepted) {
    for (const hostId of hostIds.filter((id) => !known.has(`${jobId} ${id}`))) {
      violations.push({ kind: 'lost', what: `job ${jobId} was accepted for host ${hostId}: no run` });
    }
  }
  for (const [hostId, ofHost] of byHost(runs)) {
    const transactions = transactionsOf(deeds, hostId);
    const isOurs = dialects.get(hostId) === 'ours';
    for (const [n, run] of ofHost.entries()) {
      const until = ofHost[n + 1]?.created_at.getTime() ?? Infinity;
      // While a run is open no other can be ordered for its host, so whatever began meanwhile began for it.
      const meanwhile = transactions.filter(({ at }) => at >= run.created_at.getTime() && at < until);
      const own = isOurs ? transactions.filter(({ id }) => id === run.id) : meanwhile;
      if (own.length > 1 || meanwhile.length > 1) {
        violations.push({ kind: 'started_twice', what: tell(run, [...new Set([...own, ...meanwhile])]) });
      } else if (!ended.includes(run.status)) {
        violations.push({ kind: 'not_ended', what: tell(run, own) });
      } else if (!isTrue(run, own)) {
        violations.push({ kind: 'untrue', what: tell(run, own) });
      }
    }
    const strangers = transactions.filter(({ id }) => isOurs && !ofHost.some((run) => run.id === id));
    for (const { id } of strangers)
      violations.push({ kind: 'untrue', what: `nobody ordered ${id} on ${hostId}` });
  }
  return violations;
}

/** @typedef {{ id: string, at: number, exitCode: string | null }} Transaction exit code null: it has not ended */

/** @param {RunRow} run @param {readonly Transaction[]} own */
function isTrue({ status, reason, dispatched_at }, own) {
  const [transaction] = own;
  const code = transaction?.exitCode;
  switch (status) {
    case 'succeeded':
      return code === '0';
    case 'cancelled':
      return transaction === undefined;
    case 'indeterminate':
      return true;
    case 'failed':
      if (dispatched_at === null || reason === 'agent_refused') return transaction === undefined;
      if (reason === 'patch_failed') return transaction !== undefined && code !== '0';
      return code === '0';
  }
  return false;
}

/** @param {readonly RunRow[]} runs */
function byHost(runs) {
  /** @type {Map<string, RunRow[]>} */
  const hosts = new Map();
  for (const run of runs) hosts.set(run.host_id, [...(hosts.get(run.host_id) ?? []), run]);
  return hosts;
}

/** @type {WeakMap<readonly import('./ledger.mjs').Deed[], Map<string, Transaction[]>>} */
const indexed = new WeakMap();

/** @param {readonly import('./ledger.mjs').Deed[]} deeds @param {string} hostId @returns {readonly Transaction[]} */
function transactionsOf(deeds, hostId) {
  let index = indexed.get(deeds);
  if (!index) indexed.set(deeds, (index = indexOf(deeds)));
  return index.get(hostId) ?? [];
}

/** @param {readonly import('./ledger.mjs').Deed[]} deeds */
function indexOf(deeds) {
  /** @type {Map<string, Transaction[]>} */
  const hosts = new Map();
  for (const { at, host_id, deed, id, detail = '' } of deeds) {
    const list = hosts.get(host_id) ?? [];
    hosts.set(host_id, list);
    if (deed === 'transaction_started') list.push({ id, at, exitCode: null });
    const open = list.findLast((transaction) => transaction.id === id && transaction.exitCode === null);
    if (deed === 'transaction_ended' && open) open.exitCode = detail;
  }
  return hosts;
}

/** @param {RunRow} run @param {readonly Transaction[]} transactions */
const tell = ({ id, host_id, status, reason }, transactions) =>
  `run ${id} of host ${host_id} is ${status} (${reason ?? 'no reason'}); on the host: ${
    transactions
      .map(({ id: by, at, exitCode }) => `${by} at ${new Date(at).toISOString()} ${exitCode ?? 'open'}`)
      .join(', ') || 'nothing'
  }`;
