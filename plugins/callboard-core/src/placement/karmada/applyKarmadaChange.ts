import type { PlacementChange } from '@callboard/plugin-callboard-common';
import type { ClusterAffinity, KarmadaCluster, KarmadaInput } from './types';

/** Returns the input after one change of a remedy for one cluster. Never mutates. */
export function applyKarmadaChange(
  input: KarmadaInput,
  cluster: string,
  change: PlacementChange,
): KarmadaInput {
  switch (change.rule) {
    case 'set-label':
      return withCluster(input, cluster, ({ labels }) => ({
        labels: { ...labels, [change.facts.key]: change.facts.value },
      }));
    case 'remove-label':
      return withCluster(input, cluster, ({ labels }) => ({
        labels: Object.fromEntries(
          Object.entries(labels).filter(([key]) => key !== change.facts.key),
        ),
      }));
    case 'set-field':
      return withCluster(input, cluster, () =>
        change.facts.field === 'zone'
          ? { zones: ['somewhere'] }
          : { [change.facts.field]: 'somewhere' },
      );
    case 'serve-api':
      return withCluster(input, cluster, ({ apis }) => ({
        apis: new Set([
          ...apis,
          `${change.facts.apiVersion} ${change.facts.kind}`,
        ]),
      }));
    case 'tolerate':
      return withPlacement(input, ({ tolerations }) => ({
        tolerations: [
          ...tolerations,
          { key: change.facts.key, operator: 'Exists' },
        ],
      }));
    case 'no-longer-exclude':
      return withAffinities(input, ({ exclude }) => ({
        exclude: exclude.filter(name => name !== cluster),
      }));
    case 'name-cluster':
      return withAffinities(input, ({ clusterNames }) => ({
        clusterNames: [...clusterNames, cluster],
      }));
    case 'drop-field-selector':
      return withAffinities(input, () => ({ fieldSelector: undefined }));
    default:
      return input;
  }
}

function withCluster(
  input: KarmadaInput,
  name: string,
  change: (cluster: KarmadaCluster) => Partial<KarmadaCluster>,
): KarmadaInput {
  const clusters = input.clusters.map(cluster =>
    cluster.name === name ? { ...cluster, ...change(cluster) } : cluster,
  );
  return { ...input, clusters };
}

function withPlacement(
  input: KarmadaInput,
  change: (
    placement: KarmadaInput['placement'],
  ) => Partial<KarmadaInput['placement']>,
): KarmadaInput {
  return {
    ...input,
    placement: { ...input.placement, ...change(input.placement) },
  };
}

function withAffinities(
  input: KarmadaInput,
  change: (affinity: ClusterAffinity) => Partial<ClusterAffinity>,
): KarmadaInput {
  return withPlacement(input, ({ affinities }) => ({
    affinities: affinities.map(affinity => ({
      ...affinity,
      ...change(affinity),
    })),
  }));
}
