import type { Db } from '../database/query.js';
import type { Place, Sealed } from './sealer.js';

/** A column that holds sealed values. Every one is listed, so that no key is made beside ciphertexts of a lost one. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly read: (db: Db) => Promise<StoredSecret[]>;
}

interface StoredSecret {
  readonly place: Place;
  readonly sealed: Sealed;
}
