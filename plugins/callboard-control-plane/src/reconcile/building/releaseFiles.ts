import { fileMissing, sourcesOf } from '@callboard/plugin-callboard-core';
import {
  describeTwoAmounts,
  failed,
  ok,
  type Problem,
  type Result,
  type ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { RevisionSource } from '@callboard/plugin-callboard-node';

/** Bytes of one file that a workload mounts from the repository: a ConfigMap holds 1 MiB in all. */
const MAX_FILE_BYTES = 512 * 1024;
const MAX_TOTAL_BYTES = 900 * 1024;

/** Reads the files that a release includes, so that it can be deployed without the repository. */
export async function readReleaseFiles(
  revisions: RevisionSource,
  revision: { app: string; commit: string },
  workloads: readonly ScoreWorkload[],
): Promise<Result<Record<string, string>>> {
  const files: Record<string, string> = {};
  let total = 0;
  for (const path of sourcesOf(workloads)) {
    const text = await revisions.readFile(
      revision.app,
      revision.commit,
      path,
      MAX_FILE_BYTES,
    );
    if (!text.ok) return text;
    if (text.value === undefined) return failed(fileMissing(path));
    total += Buffer.byteLength(text.value);
    if (total > MAX_TOTAL_BYTES) return failed(filesTooLarge(total));
    files[path] = text.value;
  }
  return ok(files);
}

function filesTooLarge(total: number): Problem {
  const [size, most] = describeTwoAmounts('memoryBytes', [
    total,
    MAX_TOTAL_BYTES,
  ]);
  return {
    code: 'files-too-large',
    what: 'Cannot mount the files of the workloads',
    why: `they hold ${size} together, at most ${most} can be mounted`,
    next: 'Put large files into the image',
    transient: false,
  };
}
