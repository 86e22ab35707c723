import { createHash } from 'node:crypto';
import {
  type BuildSettings,
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  buildFoldersOf,
  folderMissing,
  workloadsBuiltOf,
} from '@callboard/plugin-callboard-core';
import type { RevisionSource } from '@callboard/plugin-callboard-node';

/** The part of a build that one folder of the repository makes. */
export interface BuildPart {
  /** `.` for the whole repository. */
  folder: string;
  /** Workloads with containers built from it, whose image is `.`. */
  workloads: ScoreWorkload[];
  settings?: BuildSettings;
}

/** Returns the parts to build of a revision, by folder; empty where every image is named. */
export function buildPartsOf(
  workloads: readonly ScoreWorkload[],
  settings?: BuildSettings,
): BuildPart[] {
  return buildFoldersOf(workloads).map(folder => {
    const own = settingsOf(folder, settings);
    return {
      folder,
      workloads: workloadsBuiltOf(folder, workloads),
      ...(own && { settings: own }),
    };
  });
}

function settingsOf(
  folder: string,
  settings: BuildSettings | undefined,
): BuildSettings | undefined {
  if (folder === '.') return settings;
  const { folders = {} } = settings ?? {};
  return Object.hasOwn(folders, folder) ? folders[folder] : undefined;
}

/**
 * Returns an identity for the image of each folder that is built separately:
 * the same text means the same image. The whole repository is built again with
 * every push.
 */
export async function identifyParts(
  parts: readonly BuildPart[],
  of: { app: string; commit: string },
  revisions: Pick<RevisionSource, 'digestOf'>,
): Promise<Result<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const { folder, workloads, settings } of parts) {
    if (folder === '.') continue;
    const digest = await revisions.digestOf(of.app, of.commit, folder);
    if (!digest.ok) return digest;
    if (digest.value === undefined) return failed(folderMissing(folder));
    found[folder] = createHash('sha256')
      .update(JSON.stringify([digest.value, settings, areStarted(workloads)]))
      .digest('hex');
  }
  return ok(found);
}

/** Whether the score files specify how all containers are started: then the image need not. */
function areStarted(workloads: readonly ScoreWorkload[]): boolean {
  return workloads.every(({ containers }) =>
    Object.values(containers).every(({ command }) => command?.length),
  );
}
