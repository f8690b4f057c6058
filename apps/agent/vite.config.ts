import { oneFile } from '../../one-file.config.js';

/** One file is what makes the agent easy to install and to replace. */
export default oneFile(import.meta.dirname, 'src/main.agent.ts', 'agent.mjs');
