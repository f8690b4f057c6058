import { runPatchgate } from './running-patchgate.js';

/**
 * One server for all browser tests. They find its address in PATCHGATE_E2E_URL, the one-time token in
 * PATCHGATE_E2E_SETUP_TOKEN and the data directory in PATCHGATE_E2E_DATA_DIR.
 */
async function startPatchgate(): Promise<() => Promise<void>> {
  const { address, token, dataDirectory, stop } = await runPatchgate();
  process.env.PATCHGATE_E2E_URL = address;
  process.env.PATCHGATE_E2E_SETUP_TOKEN = token;
  process.env.PATCHGATE_E2E_DATA_DIR = dataDirectory;
  return stop;
}

export default startPatchgate;
