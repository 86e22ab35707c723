import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import { buildFolderOf } from './buildFolder';

/** Names one image for every container whose image is built from the push, by workload and container. */
export function nameBuiltImages(
  workloads: readonly ScoreWorkload[],
  image: string,
): Record<string, Record<string, string>> {
  return Object.fromEntries(
    workloads.map(({ metadata, containers }) => [
      metadata.name,
      Object.fromEntries(
        Object.keys(containers)
          .filter(name => buildFolderOf(containers[name].image) !== undefined)
          .map(name => [name, image]),
      ),
    ]),
  );
}
