import fs from 'node:fs';
import { promisify } from 'node:util';
import type { Knex } from 'knex';

const openFile = promisify(fs.open);
// Resolved at the call, so that a test can replace it to show what is lost without it.
const syncFile = promisify((file: number, done: fs.NoParamCallback) =>
  fs.fdatasync(file, done),
);

interface Statement {
  /** True for a commit as well. */
  readonly: boolean;
  run(...bindings: unknown[]): unknown;
  all(...bindings: unknown[]): unknown;
}

interface SqliteConnection {
  name: string;
  inTransaction: boolean;
  prepare(sql: string): Statement;
  pragma(command: string, options?: { simple: true }): unknown;
  close(): unknown;
}

const SYNCS = Symbol('waits for the disk beside the loop');

/** The write-ahead log of a connection: the same file as long as the connection is open. */
class Log {
  readonly #path: string;
  #file: Promise<number> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async sync(): Promise<void> {
    this.#file ??= openFile(this.#path, 'r+');
    await syncFile(await this.#file);
  }

  close(): void {
    this.#file?.then(
      file => fs.close(file, () => {}),
      () => {}, // it was never open
    );
  }
}

/**
 * Makes commits wait for the disk on another thread. With `synchronous = FULL`
 * SQLite has its log on the disk before a commit returns, and blocks the event
 * loop until then: 1.5 ms for each. Here SQLite writes its log (`NORMAL`: it
 * waits where it has to for the file to stay whole) and the commit is answered
 * once the log is on the disk; no one else has the connection in the meantime,
 * so nothing that could be lost is read, or acted upon.
 */
export function syncBesideLoop(knex: Knex): void {
  (
    knex.client.pool as {
      on(
        event: 'acquireSuccess',
        listener: (id: number, connection: SqliteConnection) => void,
      ): void;
    }
  ).on('acquireSuccess', (_id, connection) => {
    if (SYNCS in connection) return;
    Object.assign(connection, { [SYNCS]: true });
    if (connection.pragma('journal_mode', { simple: true }) !== 'wal') return; // in memory
    const log = new Log(`${connection.name}-wal`);
    const prepare = connection.prepare.bind(connection);
    const end = connection.close.bind(connection);
    let hasWritten = false;
    connection.pragma('synchronous = NORMAL');
    connection.prepare = sql => {
      const statement = prepare(sql);
      const isCommit = /^\s*commit\b/i.test(sql);
      if (statement.readonly && !isCommit) return statement;
      const waitAfter =
        (call: Statement['run']) =>
        (...bindings: unknown[]) => {
          const answer = call.apply(statement, bindings);
          hasWritten ||= !isCommit;
          if (!hasWritten || connection.inTransaction) return answer;
          hasWritten = false;
          return log.sync().then(() => answer);
        };
      statement.run = waitAfter(statement.run);
      statement.all = waitAfter(statement.all);
      return statement;
    };
    connection.close = () => {
      log.close();
      return end();
    };
  });
}
