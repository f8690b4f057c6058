import 'reflect-metadata';
import { endProcess } from './roles/end-process.js';
import { runWorker } from './roles/run-worker.js';

await endProcess(process, runWorker(process));
