import type { Knex } from 'knex';

const MOST_STATEMENTS = 400; // several times the number of distinct queries; a list in a query makes one per length

interface SqliteConnection {
  prepare(sql: string): unknown;
}

const KEEPS = Symbol('keeps its statements');

/**
 * Lets SQLite connections keep the statements that they used last: knex
 * prepares each query again, which took a third of the event loop's time for
 * queries. Statements see schema changes: SQLite prepares them again by itself.
 */
export function keepStatements(knex: Knex): void {
  (
    knex.client.pool as {
      on(
        event: 'acquireSuccess',
        listener: (id: number, connection: SqliteConnection) => void,
      ): void;
    }
  ).on('acquireSuccess', (_id, connection) => {
    if (KEEPS in connection) return;
    const prepare = connection.prepare.bind(connection);
    const kept = new Map<string, unknown>();
    connection.prepare = sql => {
      const statement = kept.get(sql) ?? prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement); // the newest is the last
      if (kept.size > MOST_STATEMENTS) {
        const [oldest] = kept.keys();
        kept.delete(oldest);
      }
      return statement;
    };
    Object.assign(connection, { [KEEPS]: true });
  });
}
