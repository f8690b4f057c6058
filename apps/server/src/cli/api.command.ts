import 'reflect-metadata';
import { endProcess } from '../roles/end-process.js';
import { runApi } from '../roles/run-api.js';
import type { Command } from './command.js';

/** `patchgate api`: for those who supervise the processes themselves. */
export const api: Command = (process) => endProcess(process, runApi(process));
