import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { POSTGRES_PROGRAMS } from '../support/PostgresServer';
import { describePortal } from './describePortal';

const ROOT = join(__dirname, '../../..');
const SEED = process.env.CALLBOARD_SEED ?? '20261121';
const LONGEST_MS = 600_000; // on a machine that does much at once

/** A few of the kills of test/load/kills.bench.ts. */
describePortal(`a company whose processes are killed (seed ${SEED})`, () => {
  it.each([
    { database: 'sqlite', kills: '5' },
    // On call: CALLBOARD_KILLS=postgres.
    ...(POSTGRES_PROGRAMS && process.env.CALLBOARD_KILLS === 'postgres'
      ? [{ database: 'postgres', kills: '5' }]
      : []),
  ])(
    'has everything that was acknowledged, once, on $database',
    async ({ database, kills }) => {
      const { code, found } = await run(kills, '--database', database);
      expect(found).toMatchObject({ killed: Number(kills), violations: [] });
      expect(found.acknowledged).toBeGreaterThan(0);
      expect(code).toBe(0);
    },
    LONGEST_MS,
  );
});

async function run(...args: string[]) {
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'test/load/run.mjs'),
      'kills',
      ...args,
      ...['--seed', SEED, '--apps', '2', '--settled-within', '180'],
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  const line = output.trim().split('\n').at(-1)!;
  if (!line.startsWith('{')) throw new Error(errors);
  return { code, found: JSON.parse(line) };
}
