import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import type { BuildOutput } from './Builder';

/** The one image of a revision, by workload and container, for every container whose image is `.`. */
export function nameBuiltImages(
  workloads: readonly ScoreWorkload[],
  image: string,
): BuildOutput['images'] {
  return Object.fromEntries(
    workloads.map(({ metadata, containers }) => [
      metadata.name,
      Object.fromEntries(
        Object.keys(containers)
          .filter(name => containers[name].image === '.')
          .map(name => [name, image]),
      ),
    ]),
  );
}
