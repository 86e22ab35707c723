import { fileTooLarge } from '@callboard/plugin-callboard-common';
import type { SourceFile } from '@callboard/plugin-callboard-core';
import { posix } from 'node:path';
import { type Finding, findingOf } from '../check/Finding';
import type { Io } from '../Io';

const MAX_BYTES = 512 * 1024; // as a release stores at most of one file

/**
 * Reads the files that workloads mount from the folder of their app, by path.
 * Paths outside of it are skipped: rendering refuses them.
 */
export function readMounted(
  paths: readonly string[],
  root: string,
  io: Pick<Io, 'readBytes'>,
): { files: Record<string, SourceFile>; findings: Finding[] } {
  const files: Record<string, SourceFile> = {};
  const findings: Finding[] = [];
  for (const path of paths) {
    if (isOutside(path)) continue;
    const file = posix.join(root, path);
    const { bytes, size } = io.readBytes(file, MAX_BYTES);
    if (size > MAX_BYTES)
      findings.push(
        findingOf(
          file,
          fileTooLarge(file, { bytes: size, maxBytes: MAX_BYTES }),
        ),
      );
    else files[path] = contentOf(bytes);
  }
  return { files, findings };
}

function isOutside(path: string): boolean {
  return posix.isAbsolute(path) || path.split('/').includes('..');
}

function contentOf(bytes: Uint8Array): SourceFile {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
