import type {
  ParsedScore,
  Problem,
  ScoreWorkload,
  SourceLocation,
} from '@callboard/plugin-callboard-common';

/** Paths that workloads mount from the repository, sorted. */
export function sourcesOf(workloads: readonly ScoreWorkload[]): string[] {
  const sources = workloads.flatMap(({ containers }) =>
    Object.values(containers).flatMap(({ files }) =>
      Object.values(files ?? {}).flatMap(({ source }) => source ?? []),
    ),
  );
  return [...new Set(sources.map(normalizePath))].sort();
}

/** What a workload mounts from the repository, and where it says so. */
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

/** Path as git lists it. */
export function normalizePath(path: string): string {
  return path.replace(/^(\.\/)+/, '');
}

/** A workload mounts a file that was not pushed. */
export function fileMissing(path: string): Problem {
  return {
    code: 'file-missing',
    what: `Cannot mount file "${path}"`,
    why: 'the revision does not hold it',
    next: 'Commit the file, or correct "source" in the score file',
    transient: false,
  };
}
