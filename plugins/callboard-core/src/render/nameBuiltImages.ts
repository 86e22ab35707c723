import type { ScoreWorkload } from '@callboard/plugin-callboard-common';

/** The one image of a revision, by workload and container, for every container whose image is `.`. */
export function nameBuiltImages(
  workloads: readonly ScoreWorkload[],
  image: string,
): Record<string, Record<string, string>> {
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
