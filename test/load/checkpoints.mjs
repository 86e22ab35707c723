// How long a commit holds the event loop, SQLite's checkpoints included: made by
// SQLite within the commit, and beside the loop.
//
//   node --require @backstage/cli-node/config/nodeTransform.cjs test/load/checkpoints.mjs [commits]
import knexFactory from 'knex';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const {
  checkpointBesideLoop,
} = require('@callboard/plugin-callboard-control-plane');

const commits = Number(process.argv[2] ?? 20_000);
for (const round of [1, 2, 3])
  for (const way of ['in the loop', 'beside the loop'])
    process.stdout.write(`${round} ${way.padEnd(16)} ${await measure(way)}\n`);

async function measure(way) {
  const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  const filename = join(folder, 'record.sqlite');
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  try {
    await knex.raw('pragma journal_mode = WAL');
    await knex.raw('pragma synchronous = NORMAL');
    await knex.raw('create table things (key text, value text)');
    await knex.raw('create index by_key on things (key)');
    if (way === 'beside the loop') checkpointBesideLoop(knex);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const ms = [];
    const value = 'x'.repeat(1_500);
    for (let count = 0; count < commits; count += 1) {
      const connection = await knex.client.acquireConnection();
      const insert = connection.prepare('insert into things values (?, ?)');
      const startedAt = performance.now();
      insert.run(Math.random().toString(36), value); // random keys: each checkpoint writes pages everywhere
      ms.push(performance.now() - startedAt);
      await knex.client.releaseConnection(connection);
      await setImmediate();
    }
    delay.disable();
    const log = statSync(`${filename}-wal`).size / 2 ** 20;
    return describe(ms, delay, log);
  } finally {
    await knex.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

function describe(all, delay, log) {
  const ms = all.sort((a, b) => a - b);
  const at = share => ms[Math.floor((ms.length - 1) * share)].toFixed(2);
  return [
    `${ms.length} commits: ${at(0.5)} ms in the middle`,
    `${at(0.999)} ms at 99.9 %`,
    `${at(1)} ms at most`,
    `${ms.filter(each => each > 20).length} over 20 ms`,
    `longest stall ${(delay.max / 1e6).toFixed(0)} ms`,
    `log of ${log.toFixed(0)} MB`,
  ].join(', ');
}
