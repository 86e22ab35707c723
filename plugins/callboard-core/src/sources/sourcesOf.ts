import type {
  ParsedScore,
  Problem,
  ScoreWorkload,
  SourceLocation,
} from '@callboard/plugin-callboard-common';
import { buildFolderOf } from '../render';

/** Returns the paths that workloads mount from the repository, sorted. */
export function sourcesOf(workloads: readonly ScoreWorkload[]): string[] {
  const sources = workloads.flatMap(({ containers }) =>
    Object.values(containers).flatMap(({ files }) =>
      Object.values(files ?? {}).flatMap(({ source }) => source ?? []),
    ),
  );
  return [...new Set(sources.map(normalizePath))].sort();
}

/** Returns what a workload mounts from the repository, with positions in its file. */
export function mountsOf({
  workload,
  locate,
}: Pick<ParsedScore, 'workload' | 'locate'>): Array<{
  path: string;
  at: SourceLocation;
}> {
  return Object.entries(workload.containers).flatMap(
    ([container, { files = {} }]) =>
      Object.entries(files).flatMap(([mountPath, { source }]) =>
        source === undefined
          ? []
          : {
              path: normalizePath(source),
              at: locate([
                'containers',
                container,
                'files',
                mountPath,
                'source',
              ]),
            },
      ),
  );
}

/** Returns the folders that the images of a workload are built from, with positions in its file. */
export function buildsOf({
  workload,
  locate,
}: Pick<ParsedScore, 'workload' | 'locate'>): Array<{
  path: string;
  at: SourceLocation;
}> {
  return Object.entries(workload.containers).flatMap(
    ([container, { image }]) => {
      const path = buildFolderOf(image);
      return path === undefined
        ? []
        : { path, at: locate(['containers', container, 'image']) };
    },
  );
}

/** Returns the path as git lists it. */
export function normalizePath(path: string): string {
  return path.replace(/^(\.\/)+/, '');
}

/** Problem of a workload that mounts a file that was not pushed. */
export function fileMissing(path: string): Problem {
  return {
    code: 'file-missing',
    what: `Cannot mount file "${path}"`,
    why: 'the revision does not hold it',
    next: 'Commit the file, or correct "source" in the score file',
    transient: false,
  };
}

/** Problem of a container that is built from a folder that was not pushed. */
export function folderMissing(path: string): Problem {
  return {
    code: 'build-folder-missing',
    what: `Cannot build the folder "${path}"`,
    why: 'the revision holds no file in it',
    next: 'Commit the folder, or correct "image" in the score file',
    transient: false,
  };
}
