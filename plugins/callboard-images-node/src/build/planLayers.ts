import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerEntry } from '../layers/LayerEntry';
import { compareBytes, listEntries } from '../layers/listEntries';
import { withParents } from '../base/collectBaseEntries';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  type InstalledDependencies,
  type StartCommand,
  commandLine,
  staticServerPath,
} from '@callboard/plugin-callboard-sandbox-node';

const RUNTIME = 'usr/local/lib/callboard';
const NODE = '/usr/local/bin/node';

/** Entries that every image needs beside its base: the first process, and a server for static files. */
export async function runtimeEntries(): Promise<LayerEntry[]> {
  const entrypoint = resolvePackagePath(
    '@callboard/plugin-callboard-images-node',
    'assets',
    'entrypoint.cjs',
  );
  const files = [
    { path: `${RUNTIME}/entrypoint.cjs`, bytes: await readFile(entrypoint) },
    {
      path: `${RUNTIME}/staticServer.cjs`,
      bytes: await readFile(staticServerPath()),
    },
  ];
  return withParents(
    files.map(({ path, bytes }) => ({
      kind: 'file',
      path,
      isExecutable: false,
      content: { from: 'bytes', bytes },
    })),
  );
}

/** The pushed files below /workspace, without the folders of git and of an install. */
export async function appEntries(folder: string): Promise<LayerEntry[]> {
  const skip = (path: string) => path === 'node_modules' || path === '.git';
  return withParents(await listEntries(folder, 'workspace', skip));
}

/** Installed dependencies below /workspace, with the lockfile that the install created. */
export async function dependencyEntries(
  { folder, modules }: Pick<InstalledDependencies, 'folder' | 'modules'>,
  { lockfile }: { lockfile?: InstalledDependencies['lockfile'] },
): Promise<LayerEntry[]> {
  const entries = await Promise.all(
    modules.map(path =>
      listEntries(join(folder, path), `workspace/${path}`, isInstallState),
    ),
  );
  const made: LayerEntry[] = lockfile
    ? [
        {
          kind: 'file',
          path: `workspace/${lockfile.path}`,
          isExecutable: false,
          content: { from: 'bytes', bytes: Buffer.from(lockfile.text) },
        },
      ]
    : [];
  return withParents([...entries.flat(), ...made]).sort((a, b) =>
    compareBytes(a.path, b.path),
  );
}

/** Files that package managers write about an install, not about a package: they contain folder names and times. */
function isInstallState(path: string): boolean {
  return [
    '.cache',
    '.modules.yaml',
    '.package-lock.json',
    '.yarn-state.yml',
    '.yarn-integrity',
    '.pnpm-workspace-state-v1.json',
  ].includes(path);
}

/** The image's entrypoint; `args` of score.yaml follow it. */
export function entrypointOf(start: StartCommand | undefined): string[] {
  const argv = commandLine(
    { start: simplify(start) },
    { node: NODE, staticServer: `/${RUNTIME}/staticServer.cjs` },
  );
  return argv ? [NODE, `/${RUNTIME}/entrypoint.cjs`, ...withArgs(argv)] : [];
}

/** Runs `node server.js` without a shell. */
function simplify(start: StartCommand | undefined): StartCommand | undefined {
  const script =
    start?.kind === 'shell'
      ? /^node ([\w./-]+\.[cm]?js)$/.exec(start.line)?.[1]
      : undefined;
  return script && !script.startsWith('-') ? { kind: 'node', script } : start;
}

/** Lets a shell line pass on the arguments that follow it. */
function withArgs(argv: string[]): string[] {
  const [shell, flag, line] = argv;
  return shell === 'sh' && flag === '-c'
    ? ['sh', '-c', `${line} "$@"`, 'sh']
    : argv;
}
