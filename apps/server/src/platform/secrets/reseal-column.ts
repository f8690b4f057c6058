import type { Db } from '../database/query.js';
import type { SealedColumn } from './sealed-column.js';
import { UnsealError } from './sealer.js';
import type { Sealer } from './sealer.js';

const pageSize = 100;

/** Seals with the active key what others have sealed, a page a transaction, so that nobody waits for long. */
export async function resealColumn(
  db: Db,
  column: SealedColumn,
  { sealer, activeKeyId }: { sealer: Sealer; activeKeyId: string },
): Promise<{ resealed: number; unopened: number }> {
  const counts = { resealed: 0, unopened: 0 };
  let after: string | null = null;
  do {
    const from: string | null = after;
    after = await db.transaction(async (tx) => {
      const page = await column.lockOutdated(tx, { activeKeyId, after: from, limit: pageSize });
      for (const { place, sealed } of page) {
        const plaintext = open(sealer, { place, sealed });
        if (!plaintext) counts.unopened += 1;
        else {
          await column.replace(tx, place.row, sealer.seal(plaintext, place));
          plaintext.fill(0);
          counts.resealed += 1;
        }
      }
      return page.length < pageSize ? null : (page.at(-1)?.place.row ?? null);
    });
  } while (after !== null);
  return counts;
}

function open(
  sealer: Sealer,
  { place, sealed }: Awaited<ReturnType<SealedColumn['read']>>[number],
): Buffer | null {
  try {
    return sealer.open(sealed, place);
  } catch (error) {
    if (error instanceof UnsealError) return null;
    throw error;
  }
}
