import { oneFile } from '../../one-file.config.js';

/** One file, so that it can be put before any FastCGI server by copying it. */
export default oneFile(import.meta.dirname, 'src/main.fastcgi-health.ts', 'fastcgi-health.mjs');
