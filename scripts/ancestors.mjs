// A process that is killed with -9 tells nobody, so those below it look whether it still lives.
import { readFileSync } from 'node:fs';

/**
 * Calls back once when our parent is gone, or npm above the shell that npm puts between: killing npm leaves that
 * shell, and us, running.
 *
 * @param {() => void} onDeath
 */
export function whenAncestorDies(onDeath) {
  const watched = [process.pid];
  if (process.env.npm_lifecycle_event !== undefined && isShell(process.ppid)) watched.push(process.ppid);
  const before = watched.map(parentOf);
  const timer = setInterval(() => {
    if (watched.every((pid, index) => parentOf(pid) === before[index])) return;
    clearInterval(timer);
    onDeath();
  }, 250);
  timer.unref();
}

/** @param {number} pid */
function isShell(pid) {
  return /^(ba|da|z|k)?sh$/.test(statusOf(pid).name);
}

/** @param {number} pid */
function parentOf(pid) {
  return statusOf(pid).parent;
}

/** @param {number} pid */
function statusOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in parentheses and may itself hold spaces and parentheses.
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { name, parent };
  } catch {
    return { name: '', parent: 0 };
  }
}
