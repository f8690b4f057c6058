// What the operating system says of a process and of everything below it.
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** Clock ticks a second; Linux has told user space 100 for decades. */
const ticksPerSecond = 100;

/**
 * @param {number} rootPid
 * @returns {number[]} the process itself and all its descendants
 */
export function processTree(rootPid) {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(
    pids.map((pid) => [pid, Number(/^PPid:\s*(\d+)$/m.exec(read(pid, 'status'))?.[1])]),
  );
  const tree = [rootPid];
  for (const parent of tree) tree.push(...pids.filter((pid) => parents.get(pid) === parent));
  return tree;
}

/** @param {number} pid @returns {number} proportional set size: shared memory counted once over all who share it */
export function pssMegabytes(pid) {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024;
}

/** @param {number} pid @returns {number} user and system time so far, its own and that of the children that ended */
export function cpuSeconds(pid) {
  // The name may hold anything, so fields are counted from behind it (proc_pid_stat(5)).
  const times = read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 15);
  return times.reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
}

/** @returns {number} seconds that all processors together have been busy since the boot */
function busySeconds() {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split(/\s+/)
    .map(Number);
  const ticks = [user, nice, system, irq, softirq].reduce((sum = 0, part = 0) => sum + part, 0);
  return (ticks ?? 0) / ticksPerSecond;
}

/**
 * How busy the machine is while we do nothing: what a figure measured next has to be read with.
 *
 * @returns {Promise<number>} percent of all processors
 */
export async function othersPercent() {
  const [before, startedAt] = [busySeconds(), performance.now()];
  await delay(1000);
  const seconds = (performance.now() - startedAt) / 1000;
  return ((busySeconds() - before) / seconds / availableParallelism()) * 100;
}

/**
 * How busy the machine is with everything but this process and what it started, from now until the answer is asked for.
 *
 * @returns {() => number} percent of all processors
 */
export function watchOthers() {
  const ours = () => processTree(process.pid).reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const [busy, own, startedAt] = [busySeconds(), ours(), performance.now()];
  return () => {
    const used = busySeconds() - busy - (ours() - own);
    return (used / ((performance.now() - startedAt) / 1000) / availableParallelism()) * 100;
  };
}

/** @param {number} pid @returns {string} what a person calls it */
export function nameOf(pid) {
  const command = read(pid, 'cmdline').replaceAll('\0', ' ').trim();
  return (
    [...command.matchAll(/(?:main\.)?([\w-]+)\.m?js/g)].at(-1)?.[1] ??
    // PostgreSQL's children write what they do behind a colon.
    command.split(/[ :]/)[0]?.split('/').at(-1) ??
    ''
  );
}

/** @param {number} pid @param {string} file */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // Ended while we looked.
    return '';
  }
}
