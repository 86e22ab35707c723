import {
  parsePlatformFiles,
  type PlatformFile,
  type Problem,
} from '@callboard/plugin-callboard-common';
import { nameOf, textOf } from '../documents/fields';
import type { Document } from '../documents/Document';
import { UsageError } from '../Io';

const PLATFORM_KINDS = ['Environment', 'Blueprint', 'Cluster', 'ClusterSet'];

/** Reads our own platform files among the documents, with the platform's own checks. */
export function readPlatformFiles(
  documents: readonly Document[],
): PlatformFile[] {
  return documents
    .filter(
      ({ kind, apiVersion }) =>
        isOurs(apiVersion) && PLATFORM_KINDS.includes(textOf(kind) ?? ''),
    )
    .flatMap(document => {
      const name = nameOf(document);
      const file = `${textOf(document.kind)}${
        name === '' ? ' without a name' : ` ${name}`
      }`;
      const files = parsePlatformFiles(JSON.stringify(document), { file });
      if (!files.ok) throw new UsageError(describe(files.problem));
      return files.value;
    });
}

export function isOurs(apiVersion: unknown): boolean {
  return textOf(apiVersion)?.startsWith('callboard.dev/') === true;
}

export function describe({ what, why, next }: Problem): string {
  return `${what}: ${why}. ${next}`;
}
