import type { Db } from '../database/query.js';
import type { Place, Sealed } from './sealer.js';

/** A column that holds sealed values. Every one is listed, so that no key is made beside ciphertexts of a lost one. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly read: (db: Db) => Promise<StoredSecret[]>;
  /** Locks a page of those that another key sealed, by row. */
  readonly lockOutdated: (db: Db, page: OutdatedPage) => Promise<StoredSecret[]>;
  /** Puts a secret in the place of the one in its row; nothing else of the row changes. */
  readonly replace: (db: Db, row: string, sealed: Sealed) => Promise<void>;
  /** Gives up a secret that cannot be opened. */
  readonly clear: (db: Db, row: string) => Promise<void>;
  /** For a person: what is lost with one, and what to do about it. */
  readonly loss: string;
}

interface OutdatedPage {
  /** Sealed with any other key than this. */
  readonly activeKeyId: string;
  /** The last row of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

export interface StoredSecret {
  readonly place: Place;
  readonly sealed: Sealed;
}
