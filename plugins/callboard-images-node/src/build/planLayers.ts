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

/** What every image needs beside its base: the first process, and a server for static files. */
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

/** The pushed files below /workspace, without what git or an install keeps beside them. */
export async function appEntries(folder: string): Promise<LayerEntry[]> {
  const skip = (path: string) => path === 'node_modules' || path === '.git';
  return withParents(await listEntries(folder, 'workspace', skip));
}

/** Installed dependencies below /workspace, with the lockfile that the install made. */
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

/** What package managers write about an install rather than of a package: names of folders and times. */
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

/** The image's entrypoint; what score.yaml gives as `args` follows it. */
export function entrypointOf(start: StartCommand | undefined): string[] {
  const argv = commandLine(
    { start: simplify(start) },
    { node: NODE, staticServer: `/${RUNTIME}/staticServer.cjs` },
  );
  return argv ? [NODE, `/${RUNTIME}/entrypoint.cjs`, ...withArgs(argv)] : [];
}

/** `node server.js` needs no shell. */
function simplify(start: StartCommand | undefined): StartCommand | undefined {
  const script =
    start?.kind === 'shell'
      ? /^node ([\w./-]+\.[cm]?js)$/.exec(start.line)?.[1]
      : undefined;
  return script && !script.startsWith('-') ? { kind: 'node', script } : start;
}

/** A shell line passes on the arguments that follow it. */
function withArgs(argv: string[]): string[] {
  const [shell, flag, line] = argv;
  return shell === 'sh' && flag === '-c'
    ? ['sh', '-c', `${line} "$@"`, 'sh']
    : argv;
}
