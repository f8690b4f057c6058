import type { EntityManager } from 'typeorm';
import type { Sql } from 'sql-template-tag';

/** Where statements go: the pool, or the transaction of a unit of work. */
export type Db = EntityManager;

export interface Outcome<Row> {
  rows: Row[];
  /** Rows changed by INSERT, UPDATE or DELETE. */
  affected: number;
}

/**
 * Runs one statement. The driver's plain `query` answers rows or `[rows, count]` depending on the verb; the
 * structured result is one shape for all.
 */
export async function execute<Row>(db: Db, statement: Sql): Promise<Outcome<Row>> {
  const runner = db.queryRunner ?? db.dataSource.createQueryRunner();
  try {
    const result = await runner.query(statement.text, statement.values, true);
    return { rows: result.records as Row[], affected: result.affected ?? 0 };
  } finally {
    if (runner !== db.queryRunner) await runner.release();
  }
}

export async function query<Row>(db: Db, statement: Sql): Promise<Row[]> {
  return (await execute<Row>(db, statement)).rows;
}

export async function queryOne<Row>(db: Db, statement: Sql): Promise<Row | undefined> {
  return (await execute<Row>(db, statement)).rows[0];
}
