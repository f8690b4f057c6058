// Loaded into a role that a test starts (NODE_OPTIONS=--import): it shows agents the certificate of a simulated fleet's
// manager, which stands in the file that PATCHGATE_TEST_TRUST names.
import { readFile } from 'node:fs/promises';
import { NoAgentTrust } from '../../../dist/features/agents/no-agent-trust.js';

NoAgentTrust.prototype.current = async () =>
  JSON.parse(await readFile(process.env.PATCHGATE_TEST_TRUST ?? '', 'utf8'));
