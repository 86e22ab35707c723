// Runs a benchmark: `node test/load/run.mjs placement`. Bundled first, so that
// what is measured is the code as it ships and no loader.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownCodeOnly } from '../src/support/__testUtils__/barePortal/ownCodeOnly.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const [name, ...args] = process.argv.slice(2);
const isFuzz = name === 'fuzz';
const isBackstage = name === 'hidden'; // a whole portal is too much for one file
const parent = isBackstage ? join(root, 'node_modules/.cache') : tmpdir();
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(join(parent, 'callboard-load-'));
const outfile = join(folder, `${name}.cjs`);
try {
  const places = [];
  const { fuzzBuild } = isFuzz ? await import('./fuzz/build.mjs') : {};
  const plain = {
    entryPoints: [join(here, `${name}.bench.ts`)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  };
  await build({
    ...plain,
    outfile,
    ...(isFuzz && fuzzBuild(places)),
    ...(isBackstage && { plugins: [ownCodeOnly] }),
  });
  // What took too long is timed again as the product is, without counters in it.
  if (isFuzz) await build({ ...plain, outfile: join(folder, 'plain.cjs') });
  writeFileSync(join(folder, 'places.json'), JSON.stringify(places));
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=4096', outfile, ...args],
    { stdio: 'inherit', env: { ...process.env, CALLBOARD_ROOT: root } },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
