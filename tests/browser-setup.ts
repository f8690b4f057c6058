import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runPatchgate } from './running-patchgate.js';

/**
 * One server for all browser tests. They find its address in PATCHGATE_E2E_URL, the one-time token in
 * PATCHGATE_E2E_SETUP_TOKEN, the data directory in PATCHGATE_E2E_DATA_DIR and the logs of other servers, once these have
 * ended, in PATCHGATE_E2E_KEPT_LOGS.
 */
async function startPatchgate(): Promise<() => Promise<void>> {
  // All there is to say, because its log is searched for secrets.
  const { address, token, dataDirectory, stop } = await runPatchgate({ PATCHGATE_LOG_LEVEL: 'debug' });
  const keptLogs = mkdtempSync(path.join(tmpdir(), 'patchgate-logs-'));
  process.env.PATCHGATE_E2E_KEPT_LOGS = keptLogs;
  process.env.PATCHGATE_E2E_URL = address;
  process.env.PATCHGATE_E2E_SETUP_TOKEN = token;
  process.env.PATCHGATE_E2E_DATA_DIR = dataDirectory;
  return async () => {
    await stop();
    rmSync(keptLogs, { recursive: true });
  };
}

export default startPatchgate;
