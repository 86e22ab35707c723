import {
  parsePlatformFiles,
  type PlatformFile,
  type Problem,
} from '@callboard/plugin-callboard-common';
import type { Document } from '../documents/readDocuments';
import { UsageError } from '../Io';

const PLATFORM_KINDS = ['Environment', 'Blueprint', 'Cluster', 'ClusterSet'];

/** Our own platform files among the documents, checked as the platform checks them. */
export function readPlatformFiles(
  documents: readonly Document[],
): PlatformFile[] {
  return documents
    .filter(
      ({ kind, apiVersion }) =>
        isOurs(apiVersion) && PLATFORM_KINDS.includes(String(kind)),
    )
    .flatMap(document => {
      const file = `${String(document.kind)} ${String(
        (document.metadata as Document | undefined)?.name,
      )}`;
      const files = parsePlatformFiles(JSON.stringify(document), { file });
      if (!files.ok) throw new UsageError(describe(files.problem));
      return files.value;
    });
}

export function isOurs(apiVersion: unknown): boolean {
  return String(apiVersion).startsWith('callboard.dev/');
}

export function describe({ what, why, next }: Problem): string {
  return `${what}: ${why}. ${next}`;
}
