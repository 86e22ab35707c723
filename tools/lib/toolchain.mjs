// The pinned Node.js and Yarn, and the workspace's packages: installed when
// missing or outdated, with nothing but some Node.js >= 18 and its npm.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';

const folder = join(root, 'tools/toolchain');
const bin = join(folder, 'node_modules/.bin');
const yarnScript = join(folder, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');

/** Path of the pinned Node.js. */
export const node = join(bin, 'node');

/** The environment in which `node` and `yarn` mean the pinned ones. */
export const toolchainEnv = {
  ...process.env,
  PATH: [bin, join(root, 'node_modules/.bin'), process.env.PATH].join(
    delimiter,
  ),
  // npm's own settings must not reach the tools that it starts.
  npm_config_user_agent: undefined,
};

/** Installs Node.js and Yarn from npm, by the committed lockfile with its hashes. */
export async function installToolchain() {
  return onceFor(
    join(folder, 'node_modules/.installed'),
    [join(folder, 'package-lock.json')],
    () =>
      run(
        'npm',
        ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'],
        { cwd: folder, quiet: true },
      ),
  );
}

/** Installs the workspace's packages, by the committed lockfile. No package runs a script. */
export async function installPackages() {
  const manifests = [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    ...workspaceManifests(),
  ];
  return onceFor(
    join(root, 'node_modules/.installed'),
    manifests.map(file => join(root, file)),
    () => yarn(['install', '--immutable'], { quiet: true }),
  );
}

/** Runs Yarn on the pinned Node.js. */
export function yarn(args, options = {}) {
  return run(node, [yarnScript, ...args], { env: toolchainEnv, ...options });
}

function workspaceManifests() {
  const folders = ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(root, parent)).map(name => join(parent, name)),
  );
  return [...folders, 'test']
    .map(name => join(name, 'package.json'))
    .filter(file => existsSync(join(root, file)))
    .sort();
}

/** Runs `work` unless the files it depends on are what they were when it last succeeded. */
export async function onceFor(stamp, files, work) {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(file.slice(root.length)).update(readFileSync(file));
  const digest = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false;
  await work();
  writeFileSync(stamp, digest);
  return true;
}
