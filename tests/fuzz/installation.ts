import { Client } from 'pg';

/** Keeps a copy of every table, so that each sequence of requests begins on the same installation. */
export class Installation {
  private constructor(
    private readonly sql: Client,
    private readonly restoring: string,
  ) {}

  static async keep(adminUrl: string): Promise<Installation> {
    const sql = new Client(adminUrl);
    await sql.connect();
    const { rows } = await sql.query<{ name: string; columns: string }>(
      `SELECT quote_ident(table_name) AS name, string_agg(quote_ident(column_name), ', ') AS columns
        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' GROUP BY 1 ORDER BY 1`,
    );
    await sql.query('CREATE SCHEMA kept');
    for (const { name } of rows) await sql.query(`CREATE TABLE kept.${name} AS TABLE public.${name}`);
    const statements = rows.flatMap(({ name, columns }) => [
      `DELETE FROM public.${name}`,
      `INSERT INTO public.${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM kept.${name}`,
    ]);
    // Without triggers the foreign keys do not ask for an order.
    await sql.query(`SET session_replication_role = replica`);
    return new Installation(sql, ['BEGIN', ...statements, 'COMMIT'].join(';\n'));
  }

  async restore(): Promise<void> {
    await this.sql.query(this.restoring);
  }

  async read<Row extends object>(statement: string): Promise<Row[]> {
    return (await this.sql.query<Row>(statement)).rows;
  }

  async close(): Promise<void> {
    await this.sql.end();
  }
}
