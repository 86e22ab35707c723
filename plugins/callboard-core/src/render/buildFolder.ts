import type { ScoreWorkload } from '@callboard/plugin-callboard-common';

const MAX_CHARACTERS = 200;

/**
 * Returns the folder of the repository from which a container's image is built:
 * `.` for the whole of it, `services/api` for `./services/api`.
 *
 * @returns undefined for the name of an image, and for a path that leads
 *   outside
 */
export function buildFolderOf(image: string): string | undefined {
  if (image === '.' || image === './') return '.';
  if (!image.startsWith('./') || image.length > MAX_CHARACTERS)
    return undefined;
  const parts = image.slice(2).replace(/\/$/, '').split('/');
  return parts.every(isPlainName) ? parts.join('/') : undefined;
}

function isPlainName(part: string): boolean {
  return (
    part !== '' && part !== '.' && part !== '..' && !/[\p{Cc}\\\s]/u.test(part)
  );
}

/** Returns the folders from which images of these workloads are built, each once, sorted. */
export function buildFoldersOf(workloads: readonly ScoreWorkload[]): string[] {
  const folders = workloads.flatMap(({ containers }) =>
    Object.values(containers).map(({ image }) => buildFolderOf(image)),
  );
  return [...new Set(folders.filter(folder => folder !== undefined))].sort();
}

/**
 * Returns the workloads as the builder of one folder sees them: only the
 * containers that it builds, with `.` as their image.
 */
export function workloadsBuiltOf(
  folder: string,
  workloads: readonly ScoreWorkload[],
): ScoreWorkload[] {
  return workloads.flatMap(workload => {
    const own = Object.entries(workload.containers)
      .filter(([, { image }]) => buildFolderOf(image) === folder)
      .map(([name, container]) => [name, { ...container, image: '.' }]);
    return own.length === 0
      ? []
      : { ...workload, containers: Object.fromEntries(own) };
  });
}
