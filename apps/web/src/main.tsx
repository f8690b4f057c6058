import { config } from 'zod';

// Zod compiles schemas with `new Function` where it may; the policy of the page forbids that, and even the try is
// reported as a violation. It decides when a schema is made, so the application is loaded after this has been said.
config({ jitless: true });
const { start } = await import('./app/start.js');
start(document);
