import { keyCheckValue } from './secret-key.js';
import type { KeyRing } from './secret-key.js';
import { findKnownKeys, readInstallId } from './secret-key.repository.js';
import type { Db } from '../database/query.js';
import type { SealedColumn } from './sealed-column.js';
import { Sealer, UnsealError } from './sealer.js';

/** What the database was sealed with, beside what is there to open it. */
export interface SecretsReport {
  readonly keys: readonly { id: string; state: 'active' | 'retiring'; found: 'yes' | 'no' | 'not_its_own' }[];
  /** Keys of the directory that the database does not know. */
  readonly unknownKeys: readonly string[];
  readonly columns: readonly ColumnReport[];
}

interface ColumnReport {
  readonly column: string;
  readonly sealed: number;
  readonly unknownKey: number;
  readonly notAuthentic: number;
}

/** Tries every sealed value (SEC-K5): what a start would refuse is counted here instead. */
export async function inspectSecrets(
  db: Db,
  ring: KeyRing,
  columns: readonly SealedColumn[],
): Promise<SecretsReport> {
  const installId = await readInstallId(db);
  const known = await findKnownKeys(db);
  const sealer = new Sealer(installId, known[0]?.id ?? 'none', ring);
  const reports: ColumnReport[] = [];
  // One column after the other: all of them at once would hold every secret of the installation in memory.
  for (const column of columns) reports.push(await inspectColumn(db, sealer, column));
  const knownIds = new Set(known.map(({ id }) => id));
  return {
    keys: known.map(({ id, state, checkValue }) => {
      const key = ring.get(id);
      if (key === undefined) return { id, state, found: 'no' };
      return {
        id,
        state,
        found: keyCheckValue(key, installId).equals(checkValue) ? 'yes' : 'not_its_own',
      };
    }),
    unknownKeys: [...ring.keys()].filter((id) => !knownIds.has(id)),
    columns: reports,
  };
}

async function inspectColumn(
  db: Db,
  sealer: Sealer,
  { table, column, read }: SealedColumn,
): Promise<ColumnReport> {
  const counts = { sealed: 0, unknownKey: 0, notAuthentic: 0 };
  for (const { sealed, place } of await read(db)) {
    counts.sealed += 1;
    try {
      sealer.open(sealed, place).fill(0);
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      switch (error.kind) {
        case 'unknown_key':
          counts.unknownKey += 1;
          break;
        case 'not_authentic':
          counts.notAuthentic += 1;
          break;
      }
    }
  }
  return { column: `${table}.${column}`, ...counts };
}
