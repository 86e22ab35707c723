import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const FILE = 'data-folder.lock';
const SQLITE_BUSY = 5;

/**
 * A lock of the operating system on a folder, held until `release` or the end
 * of the process, however it ends: the kernel releases it, so that no stale
 * lock remains.
 *
 * It is SQLite's own lock on an empty database: record locks that work on every
 * file system on which SQLite does, without native code of ours. The same
 * process must not open the file by other means, since closing it would drop
 * the lock (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export class FolderLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Takes the lock at once; `undefined` where another process, or another
   * caller in this one, holds it.
   *
   * @param mode - `exclusive` for one process alone, `shared` for several that
   *   cooperate
   */
  static take(
    folder: string,
    mode: 'exclusive' | 'shared',
  ): FolderLock | undefined {
    const database = new DatabaseSync(join(folder, FILE));
    try {
      database.exec('pragma busy_timeout = 0');
      // In this mode SQLite keeps a lock, once taken, until the database is closed.
      database.exec('pragma locking_mode = exclusive');
      database.exec(
        mode === 'exclusive'
          ? 'begin exclusive; commit'
          : 'select count(*) from sqlite_master',
      );
      return new FolderLock(database);
    } catch (error) {
      database.close();
      if ((error as { errcode?: number }).errcode === SQLITE_BUSY)
        return undefined;
      throw error;
    }
  }

  release(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
