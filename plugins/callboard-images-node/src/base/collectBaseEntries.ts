import { execFile } from 'node:child_process';
import { readFile, realpath, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { compareBytes } from '../layers/listEntries';
import type { LayerEntry } from '../layers/LayerEntry';

const run = promisify(execFile);

/** User and group that images run as: the number that "nonroot" images commonly use. */
export const NONROOT = 65_532;

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * The entries of a small base image: Node.js, a shell, `env` (programs of
 * packages begin with `#!/usr/bin/env node`), the shared libraries that these
 * need, certificates, a user that is not root.
 *
 * @param node - path of the Node.js that images contain
 * @remarks Works with glibc's `ldd`; of its output only paths that exist are
 *   used.
 */
export async function collectBaseEntries(node: string): Promise<LayerEntry[]> {
  const programs = {
    'usr/local/bin/node': node,
    'bin/sh': await realpath('/bin/sh'),
    'usr/bin/env': await realpath('/usr/bin/env'),
  };
  const libraries = new Set(
    (await Promise.all(Object.values(programs).map(librariesOf))).flat(),
  );
  const files = [
    ...(await Promise.all(
      Object.entries(programs).map(([path, from]) =>
        fileEntry(path, from, true),
      ),
    )),
    ...(await Promise.all(
      [...libraries].map(path => fileEntry(path.slice(1), path, true)),
    )),
    ...(await certificateEntries()),
    textEntry(
      'etc/passwd',
      `root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:${NONROOT}:${NONROOT}:nonroot:/home/nonroot:/sbin/nologin\n`,
    ),
    textEntry('etc/group', `root:x:0:\nnonroot:x:${NONROOT}:\n`),
    textEntry('etc/nsswitch.conf', 'hosts: files dns\n'),
  ];
  const folders: LayerEntry[] = [
    { kind: 'directory', path: 'tmp', mode: 0o1777 },
    { kind: 'directory', path: 'home/nonroot' },
    { kind: 'directory', path: 'workspace' },
  ];
  return withParents([...files, ...folders]);
}

/** Adds missing parents, before their children; each entry once, sorted. */
export function withParents(entries: readonly LayerEntry[]): LayerEntry[] {
  const byPath = new Map<string, LayerEntry>();
  for (const entry of entries) {
    const parts = entry.path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const path = parts.slice(0, depth).join('/');
      if (!byPath.has(path)) byPath.set(path, { kind: 'directory', path });
    }
    byPath.set(entry.path, entry);
  }
  return [...byPath.values()].sort((a, b) => compareBytes(a.path, b.path));
}

async function librariesOf(program: string): Promise<string[]> {
  const { stdout } = await run('ldd', [program], { timeout: 10_000 });
  return [...stdout.matchAll(/(?<!\S)(\/\S+) \(0x/g)].map(match => match[1]);
}

async function fileEntry(
  path: string,
  from: string,
  isExecutable: boolean,
): Promise<LayerEntry> {
  const source = await realpath(from);
  const { size } = await stat(source);
  return {
    kind: 'file',
    path,
    isExecutable,
    content: { from: 'disk', path: source, size },
  };
}

async function certificateEntries(): Promise<LayerEntry[]> {
  const bytes = await readFile(CERTIFICATES).catch(() => undefined);
  return bytes
    ? [
        {
          kind: 'file',
          path: CERTIFICATES.slice(1),
          isExecutable: false,
          content: { from: 'bytes', bytes },
        },
      ]
    : [];
}

function textEntry(path: string, text: string): LayerEntry {
  return {
    kind: 'file',
    path,
    isExecutable: false,
    content: { from: 'bytes', bytes: Buffer.from(text) },
  };
}
