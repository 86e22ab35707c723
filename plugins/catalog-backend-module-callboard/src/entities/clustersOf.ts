import { type App, nameCluster } from '@callboard/plugin-callboard-common';

/** Returns the display names of the clusters that an app runs on, by cluster name. */
export function clustersOf({ environments }: App): Map<string, string> {
  const names = environments
    .flatMap(({ clusters }) => clusters)
    .map(({ cluster, title }): [string, string] => [
      cluster,
      nameCluster({ name: cluster, title }),
    ]);
  return new Map(names.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Value of the annotation `callboard.dev/runs-on`; undefined for an app that runs nowhere. */
export function formatRunsOn(
  clusters: ReadonlyMap<string, string>,
): string | undefined {
  return clusters.size > 0 ? [...clusters.values()].join('; ') : undefined;
}
