// The real api and the real worker, each a process of its own.
import path from 'node:path';
import { admin } from './api-client.mjs';
import { startChild } from './child.mjs';

const server = path.resolve(import.meta.dirname, '../apps/server/dist');

/** Short, so that a run is over in seconds. Leases are as they are: they are part of what is tested. */
const hurried = {
  PATCHGATE_GATE_RETRY_SECONDS: '3',
  PATCHGATE_VERIFY_MINUTES: '0.5',
  PATCHGATE_VERIFY_EVERY_SECONDS: '1',
  PATCHGATE_MOST_RUN_MINUTES: '1',
  PATCHGATE_REBOOT_MINUTES: '1',
};

/**
 * @param {string} dataDirectory
 * @param {string} databaseUrl
 * @param {Record<string, string>} settings
 */
export const roleEnvironment = (dataDirectory, databaseUrl, settings) => ({
  DATABASE_URL: databaseUrl,
  PATCHGATE_DATA_DIR: dataDirectory,
  PATCHGATE_PORT: '0',
  PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
  PATCHGATE_MANAGEMENT_PORT: '0',
  PATCHGATE_WORKER_MANAGEMENT_PORT: '0',
  PATCHGATE_PROBE_ALLOW_CIDRS: '127.0.0.0/8',
  PATCHGATE_LOG_LEVEL: 'info',
  ...hurried,
  ...settings,
});

/** @param {Record<string, string>} environment */
export async function startApi(environment) {
  const child = startChild([path.join(server, 'main.api.js')], {
    ...environment,
    PATCHGATE_ADMIN_USERNAME: admin.username,
    PATCHGATE_ADMIN_PASSWORD: admin.password,
  });
  const [, port] = await child.saying(/"port":(\d+)[^\n]*"api ready"/);
  return { child, origin: `http://127.0.0.1:${port}` };
}
