// How long a commit holds the event loop, SQLite's checkpoints included.
//
//   node test/load/checkpoints.mjs [commits]
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const commits = Number(process.argv[2] ?? 20_000);
const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
try {
  const database = new Database(join(folder, 'record.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec('create table things (key text, value text)');
  database.exec('create index by_key on things (key)');
  const insert = database.prepare('insert into things values (?, ?)');
  const value = 'x'.repeat(1_500);
  const ms = Array.from({ length: commits }, () => {
    const startedAt = performance.now();
    insert.run(Math.random().toString(36), value); // random keys: each checkpoint writes pages everywhere
    return performance.now() - startedAt;
  }).sort((a, b) => a - b);
  const [middle, slowest] = [ms[commits >> 1], ms[commits - 1]];
  console.log(
    `${commits} commits: ${middle.toFixed(
      2,
    )} ms in the middle, ${slowest.toFixed(1)} ms at most, ${
      ms.filter(each => each > 50).length
    } over 50 ms`,
  );
  database.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
