import type { EventEmitter } from 'node:events';
import { DataSource } from 'typeorm';

interface DataSourceSettings {
  applicationName: string;
  poolSize?: number;
}

/**
 * The pool of one process. Every wait has an end: for a connection, for a statement, for an idle transaction, so that
 * a database that hangs is seen as one that is gone.
 */
export function createDataSource(
  url: string,
  { applicationName, poolSize = 10 }: DataSourceSettings,
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName,
    poolSize,
    synchronize: false,
    logging: false,
    entities: [],
    extra: {
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      query_timeout: 12_000,
      idle_in_transaction_session_timeout: 30_000,
      keepAlive: true,
      verify: outliveConnection,
    },
  });
}

/**
 * The end of a connection is told to whoever uses it. But nobody listens in the moment in which the pool hands it over,
 * and an end that came in the same packet as the words before it would be the end of the process.
 */
function outliveConnection(client: EventEmitter, done: (error?: Error) => void): void {
  client.on('error', () => undefined);
  done();
}
