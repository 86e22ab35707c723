import type { ClusterConnectionStatus } from '@callboard/plugin-callboard-common';
import type { Builder } from '@callboard/plugin-callboard-node';

type ClusterKind = ClusterConnectionStatus['kind'];

/** Whether clusters of a kind can run what a builder makes. Of a builder that is not there any more nothing is known. */
export function isRunnableOn(
  name: string,
  kind: ClusterKind,
  builders: readonly Builder[],
): boolean {
  const kinds = builders.find(builder => builder.name === name)?.clusters;
  return kinds === undefined || kinds.includes(kind);
}

/**
 * The builder whose images a cluster runs: the one that the environment names,
 * else the platform's default, else the first whose images such a cluster can
 * run. Simulated clusters and real ones can so stand side by side.
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
