import 'reflect-metadata';
import { endProcess } from './roles/end-process.js';
import { runApi } from './roles/run-api.js';

await endProcess(process, runApi(process));
