// Bundles the bare portal: `node bundle.mjs FILE`.
import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownCodeOnly } from './ownCodeOnly.mjs';

const here = dirname(fileURLToPath(import.meta.url));

await build({
  entryPoints: [join(here, 'main.ts')],
  outfile: process.argv[2],
  bundle: true,
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'],
  logLevel: 'error',
  plugins: [ownCodeOnly],
});
