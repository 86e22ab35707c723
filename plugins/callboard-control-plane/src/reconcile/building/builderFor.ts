import type { ClusterConnectionStatus } from '@callboard/plugin-callboard-common';
import type { Builder } from '@callboard/plugin-callboard-node';

type ClusterKind = ClusterConnectionStatus['kind'];

/** Whether clusters of a kind can run the images of a builder. True where nothing is known of the builder. */
export function isRunnableOn(
  name: string,
  kind: ClusterKind,
  builders: readonly Builder[],
): boolean {
  const kinds = builders.find(builder => builder.name === name)?.clusters;
  return kinds === undefined || kinds.includes(kind);
}

/**
 * Returns the builder whose images a cluster runs: the one that the environment
 * names, else the platform's default, else the first whose images such a
 * cluster can run. This way simulated clusters and real ones can be used
 * together.
 */
export function builderFor(
  environment: { builder?: string },
  kind: ClusterKind,
  of: { builders: readonly Builder[]; defaultBuilder: string },
): string {
  const { builders, defaultBuilder } = of;
  if (environment.builder !== undefined) return environment.builder;
  if (isRunnableOn(defaultBuilder, kind, builders)) return defaultBuilder;
  const other = builders.find(({ clusters }) => clusters?.includes(kind));
  return other?.name ?? defaultBuilder;
}
