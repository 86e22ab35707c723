// Changes the code in small ways and looks whether a test fails:
//   node tools/mutation/run.mjs plugins/callboard-core 'src/rollout/**/*.ts'
// Needs an installed checkout; installs StrykerJS beside this file the first time.
// RUNNER=in-process runs the tests of a pure package hundreds of times as fast, and only those of the
// folders below `src` that are named; IGNORE_STATIC=1 leaves out what runs only when the program is
// loaded; CONCURRENCY, RANDOM_ROUNDS and REPORT (a file of JSON) are what they say.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [folder, ...files] = process.argv.slice(2);
if (folder === undefined || files.length === 0) {
  process.stderr.write(
    'Usage: node tools/mutation/run.mjs PACKAGE_FOLDER FILES...\n',
  );
  process.exit(2);
}
const testsFor = file =>
  file.replace(/^(!?src\/[^/]+)\/.*$/, '$1/**/*.test.ts');
const run = (command, args, options) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) process.exit(status ?? 1);
};
if (!existsSync(join(here, 'node_modules'))) {
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: here,
  });
}
run(
  process.execPath,
  [
    join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
    'run',
    join(here, 'stryker.config.mjs'),
  ],
  {
    cwd: resolve(folder),
    env: {
      ...process.env,
      MUTATE: [...files, '!src/**/*.test.ts', '!src/**/index.ts'].join(','),
      TESTS: [...new Set(files.map(testsFor))].join(','),
    },
  },
);
