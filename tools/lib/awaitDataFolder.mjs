// Runs on the pinned Node.js: waits until no portal has the data folder locked.
// The lock is the one of FolderLock.ts (plugins/callboard-node), taken and given back.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const WAIT_MS = 8_000; // a portal ends within 5 s
const SQLITE_BUSY = 5;

const [dataDir] = process.argv.slice(2);
const file = join(dataDir, 'data-folder.lock');
const deadline = Date.now() + WAIT_MS;
while (existsSync(file) && isLocked()) {
  if (Date.now() > deadline) {
    process.stderr.write(
      `The data folder ${dataDir} is in use by ${owner()}. Stop it, or choose another folder with --data\n`,
    );
    process.exit(1);
  }
  await new Promise(done => setTimeout(done, 100));
}

function isLocked() {
  let database;
  try {
    database = new DatabaseSync(file);
    database.exec('begin exclusive; rollback');
    return false;
  } catch (error) {
    if (error.errcode === SQLITE_BUSY) return true;
    return false; // the portal itself says what is wrong with it
  } finally {
    database?.close();
  }
}

function owner() {
  try {
    return `process ${readFileSync(
      join(dataDir, 'portal.owner'),
      'utf8',
    ).trim()}`;
  } catch {
    return 'another portal';
  }
}
