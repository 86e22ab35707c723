// Builds the portal's pages when a source of theirs has changed.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { onceFor, yarn } from './toolchain.mjs';

const SOURCES = [
  'packages/app/src',
  'packages/app/public',
  'plugins/callboard/src',
  'plugins/callboard-react/src',
  'plugins/callboard-common/src',
  'plugins/callboard-core/src',
];

/** Answers false when the built pages are up to date. */
export async function buildPortal() {
  const dist = join(root, 'packages/app/dist');
  const files = [
    join(root, 'yarn.lock'),
    join(root, 'packages/app/package.json'),
    ...SOURCES.flatMap(folder => listFiles(join(root, folder))),
  ].filter(file => !/\.test\.tsx?$|__fixtures__/.test(file));
  return onceFor(join(dist, '.built'), files, () =>
    yarn(['workspace', 'app', 'build'], { quiet: true }),
  );
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
