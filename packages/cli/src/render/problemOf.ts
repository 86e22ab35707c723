import type { Problem } from '@callboard/plugin-callboard-common';
import { buildFolderOf } from '@callboard/plugin-callboard-core';
import type { AppFiles } from './AppFiles';

/** Explains why an app cannot be rendered, with the file at fault and a remedy on the command line. */
export function problemOf(
  { workloads }: Pick<AppFiles, 'workloads'>,
  problem: Problem,
): { file: string; problem: Problem } {
  const named = workloads.find(
    ({ workload }) => workload.metadata.name === problem.workload,
  );
  const { file, workload } = named ?? workloads[0];
  if (problem.code !== 'image-not-built') return { file, problem };
  const built = Object.keys(workload.containers).filter(
    container =>
      buildFolderOf(workload.containers[container].image) !== undefined,
  );
  return {
    file,
    problem: {
      ...problem,
      next: `Say which image it is: ${built
        .map(name => `--image ${workload.metadata.name}/${name}=IMAGE`)
        .join(' ')}`,
    },
  };
}
