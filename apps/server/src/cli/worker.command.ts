import 'reflect-metadata';
import { endProcess } from '../roles/end-process.js';
import { runWorker } from '../roles/run-worker.js';
import type { Command } from './command.js';

/** `patchgate worker`: for those who supervise the processes themselves. */
export const worker: Command = (process) => endProcess(process, runWorker(process));
