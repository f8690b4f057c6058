// A whole Patchgate for a benchmark that looks into its database and at the time of its processes.
import path from 'node:path';
import pg from 'pg';
import { databaseUrls, makeDataDirectory, startPatchgate } from './patchgate.mjs';
import { cpuSeconds, nameOf, processTree, pssMegabytes } from './process-tree.mjs';

const cli = path.resolve(import.meta.dirname, '../apps/server/dist/main.cli.js');
/** What `npm start` comes to once all is built. */
export const startCommand = [process.execPath, cli, 'start'];

/** @typedef {Awaited<ReturnType<typeof openInstallation>>} Installation */

/**
 * @param {Record<string, string>} [settings]
 * @param {string[]} [commandLine]
 */
export async function openInstallation(settings = {}, commandLine = startCommand) {
  const data = makeDataDirectory();
  const patchgate = await startPatchgate(commandLine, data.path, settings);
  const { superuserUrl, appUrl } = await databaseUrls(data.path);
  const db = new pg.Client({ connectionString: superuserUrl });
  await db.connect();
  return {
    db,
    appUrl,
    url: patchgate.url,
    /** @returns {Record<string, number>} seconds of CPU so far, by the name of the process */
    cpu: () => sumByName(patchgate.pid, cpuSeconds),
    /** @returns {Record<string, number>} MiB, by the name of the process */
    memory: () => sumByName(patchgate.pid, pssMegabytes),
    stop: async () => {
      await db.end();
      await patchgate.stop();
      data.remove();
    },
  };
}

/** @param {number} pid @param {(pid: number) => number} read */
function sumByName(pid, read) {
  /** @type {Record<string, number>} */
  const sums = {};
  for (const each of processTree(pid)) sums[nameOf(each)] = (sums[nameOf(each)] ?? 0) + read(each);
  return sums;
}

/**
 * @param {Record<string, number>} before
 * @param {Record<string, number>} after
 * @returns {Record<string, number>} seconds, without the processes that only started the others
 */
export function cpuBetween(before, after) {
  const names = ['worker', 'postgres', 'api'];
  return Object.fromEntries(names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
}
