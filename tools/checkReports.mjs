// Whether the reports of public APIs and of the database say what the code says:
// `node tools/checkReports.mjs`, after `yarn tsc`. Writes nothing that stays.
//
// The compiler writes the members of a union in the order in which it met them,
// which differs between two folders, so that only what a report says is compared
// and not the order it says it in.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './lib/paths.mjs';
import { differingLines } from './verify/compareReports.mjs';

const REPORT = /^report.*\.(api|sql)\.md$/;
const MOST_LINES = 20;

const before = readReports();
const made = spawnSync('yarn', ['api-reports'], {
  cwd: root,
  encoding: 'utf8',
});
const after = readReports();
for (const [path, text] of before)
  if (after.get(path) !== text) writeFileSync(join(root, path), text);
if (made.status !== 0) {
  process.stderr.write(`${made.stdout}${made.stderr}`);
  process.exit(1);
}
const stale = [...after].flatMap(([path, text]) =>
  differingLines(before.get(path) ?? '', text).map(line => `${path}: ${line}`),
);
for (const line of stale.slice(0, MOST_LINES)) console.error(line);
if (stale.length > 0) {
  console.error(
    `${stale.length} lines of reports differ from the code: run yarn tsc && yarn api-reports, and commit them`,
  );
  process.exitCode = 1;
}

/** By path from the root. */
function readReports() {
  const reports = new Map();
  for (const group of ['packages', 'plugins'])
    for (const name of readdirSync(join(root, group)))
      for (const file of readdirSync(join(root, group, name)))
        if (REPORT.test(file)) {
          const path = join(root, group, name, file);
          reports.set(relative(root, path), readFileSync(path, 'utf8'));
        }
  return reports;
}
