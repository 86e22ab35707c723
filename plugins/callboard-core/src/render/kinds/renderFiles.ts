import type { V1ConfigMap, V1Volume } from '@kubernetes/client-node';
import {
  describeBytes,
  type ScoreFile,
  type ScoreWorkload,
  shorten,
} from '@callboard/plugin-callboard-common';
import type { AsJson, Manifest } from '../../kubernetes';
import {
  type Rendered,
  cannotRender,
  placeholderFault,
  rendered,
} from '../RenderFault';
import {
  type PlaceholderScope,
  type SecretRef,
  resolvePieces,
} from '../placeholders';
import { sortedEntries } from '../sortedEntries';
import type { SourceFile } from '../types';

/** One file of a container, and the key under which the ConfigMap holds it. */
export interface MountedFile {
  container: string;
  mountPath: string;
  key: string;
  /** Permission bits. */
  mode: number;
  /** Present where its content is a secret: it is mounted from there, and not from the ConfigMap. */
  secret?: SecretRef;
}

export interface FilesInput {
  workload: ScoreWorkload;
  scope: PlaceholderScope;
  files: Record<string, SourceFile>;
  name: string;
  namespace: string;
  labels: Record<string, string>;
}

export interface RenderedFiles {
  /** Absent where no container has files. */
  configMap?: Manifest<V1ConfigMap>;
  mounts: MountedFile[];
}

const MAX_BYTES = 1_000_000; // the API server accepts 1 MiB, including the rest of the object
const DEFAULT_MODE = 0o644;

/**
 * Renders the ConfigMap with the files of all containers of a workload. Text
 * goes to `data`, other bytes to `binaryData`.
 */
export function renderFiles(input: FilesInput): Rendered<RenderedFiles> {
  const data: Record<string, string> = {};
  const binaryData: Record<string, string> = {};
  const mounts: MountedFile[] = [];
  const taken = new Map<string, number>();
  let bytes = 0;

  for (const [container, { files = {} }] of sortedEntries(
    input.workload.containers,
  )) {
    for (const [mountPath, file] of sortedEntries(files)) {
      const path = ['containers', container, 'files', mountPath];
      if (mountPath.endsWith('/') || mountPath.includes(':')) {
        return cannotRender({
          code: 'file-path-invalid',
          path,
          why: 'a cluster cannot put a file at this path',
          next: 'Use a path without ":" that does not end with "/"',
        });
      }
      const content = readContent(file, path, input);
      if (!content.ok) return content;
      const mode =
        file.mode === undefined ? DEFAULT_MODE : parseInt(file.mode, 8);
      if ('secret' in content.value) {
        const { secret } = content.value;
        mounts.push({ container, mountPath, key: secret.key, mode, secret });
        continue;
      }
      const key = keyOf(container, mountPath, taken);
      if ('text' in content.value) data[key] = content.value.text;
      else binaryData[key] = content.value.base64;
      bytes += sizeOf(content.value);
      if (bytes > MAX_BYTES) {
        return cannotRender({
          code: 'files-too-large',
          path,
          why: `the files of this workload are larger than ${describeBytes(
            MAX_BYTES,
          )} together`,
          next: 'Put large files into the image, or fetch them at start',
        });
      }
      mounts.push({ container, mountPath, key, mode });
    }
  }
  if (mounts.every(({ secret }) => secret)) return rendered({ mounts });
  const { name, namespace, labels } = input;
  return rendered({
    mounts,
    configMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels },
      ...(Object.keys(data).length > 0 && { data }),
      ...(Object.keys(binaryData).length > 0 && { binaryData }),
    },
  });
}

/** Returns the name of a pod's volume for files in a Secret. */
export function secretVolumeOf(secret: string): string {
  return `secret-${secret}`;
}

/** Renders volumes for the files whose content is a secret, one for each Secret. */
export function renderSecretVolumes(
  mounts: readonly MountedFile[],
): Array<AsJson<V1Volume>> {
  const names = new Set(mounts.flatMap(({ secret }) => secret?.name ?? []));
  return [...names].sort().map(name => ({
    name: secretVolumeOf(name),
    secret: { secretName: name },
  }));
}

type Content = { text: string } | { base64: string };

function readContent(
  file: ScoreFile,
  path: string[],
  input: FilesInput,
): Rendered<Content | { secret: SecretRef }> {
  if (file.binaryContent !== undefined)
    return rendered({ base64: file.binaryContent });
  if (file.content !== undefined)
    return expand(file.content, [...path, 'content'], file, input);

  const source = normalizePath(file.source ?? '');
  const found =
    source !== undefined && Object.hasOwn(input.files, source)
      ? input.files[source]
      : undefined;
  if (found === undefined) {
    return cannotRender({
      code: 'file-not-found',
      path: [...path, 'source'],
      why: `the repository has no file "${shorten(file.source ?? '')}"`,
      next: 'Correct the path, which is relative to the root of the repository, or commit the file',
    });
  }
  if (typeof found !== 'string') return rendered({ base64: found.base64 });
  return expand(found, [...path, 'source'], file, input);
}

function expand(
  text: string,
  path: string[],
  file: ScoreFile,
  input: FilesInput,
): Rendered<Content | { secret: SecretRef }> {
  if (file.noExpand) return rendered({ text });
  const resolved = resolvePieces(text, input.scope);
  if (!resolved.ok) return cannotRender(placeholderFault(path, resolved.fault));
  const [first, ...more] = resolved.value;
  if (!first) return rendered({ text: '' });
  if (more.length === 0) return rendered(first);
  return cannotRender({
    code: 'placeholder-secret',
    path,
    why: 'it holds a secret among other text, and the value of a secret never leaves the cluster',
    next: 'Make the placeholder the whole content of a file, without a line break behind it, or put the text into a variable',
  });
}

/** Returns `config/app.conf` for `./config/app.conf`; undefined for a path that leads outside of the repository. */
function normalizePath(path: string): string | undefined {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return path.startsWith('/') || parts.includes('..')
    ? undefined
    : parts.join('/');
}

/**
 * Returns a key of the ConfigMap, with letters, digits, `-`, `_` and `.` only:
 * `web_etc_app.conf`. Duplicates get a number.
 */
function keyOf(
  container: string,
  mountPath: string,
  taken: Map<string, number>,
): string {
  const readable = mountPath.replace(/[^-._a-zA-Z0-9]/g, '_').slice(-120);
  const preferred = `${container}${readable}`;
  let count = taken.get(preferred) ?? 0;
  let key = preferred;
  while (taken.has(key)) {
    count += 1;
    key = `${preferred}-${count}`;
  }
  taken.set(preferred, count);
  taken.set(key, taken.get(key) ?? 0);
  return key;
}

function sizeOf(content: Content): number {
  return 'text' in content
    ? countBytes(content.text)
    : Math.ceil((content.base64.length * 3) / 4);
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text)
    bytes += utf8Length(character.codePointAt(0) ?? 0);
  return bytes;
}
