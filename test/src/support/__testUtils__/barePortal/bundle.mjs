// Bundles the bare portal: `node bundle.mjs FILE`. What is this repository's own
// becomes one file; packages stay where they are, so that the file must lie
// below the folder that holds them.
import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

await build({
  entryPoints: [join(here, 'main.ts')],
  outfile: process.argv[2],
  bundle: true,
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'],
  logLevel: 'error',
  plugins: [
    {
      name: 'own code only',
      setup(bundler) {
        bundler.onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
          kind === 'entry-point' || path.startsWith('@callboard/')
            ? undefined
            : { path, external: true },
        );
      },
    },
  ],
});
