import {
  type DeploymentView,
  listOf,
} from '@callboard/plugin-callboard-common';

type Serving = Pick<DeploymentView, 'cluster' | 'serving'>;

/**
 * Describes the release that serves on clusters where the desired one does not
 * run yet, without full stop: `release 2 still answers`, and where it is not
 * all of them `release 2 still answers on eu-1`. Undefined where none was
 * observed to serve.
 *
 * @param clusters - all of an environment
 */
export function describeServing(
  clusters: readonly Serving[],
): string | undefined {
  const releases = [
    ...new Set(clusters.flatMap(({ serving }) => serving?.release ?? [])),
  ].sort((a, b) => b - a);
  if (releases.length === 0) return undefined;
  return releases
    .map(release => {
      const on = clusters.filter(({ serving }) => serving?.release === release);
      const where =
        on.length === clusters.length
          ? ''
          : ` on ${listOf(on.map(({ cluster }) => cluster).sort())}`;
      return `release ${release} still answers${where}`;
    })
    .join(', ');
}
