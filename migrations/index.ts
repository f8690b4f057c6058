import { Foundation1790000000000 } from './1790000000000-foundation.js';

/** In their order; entries are only ever added at the end. */
export const allMigrations = [Foundation1790000000000];
