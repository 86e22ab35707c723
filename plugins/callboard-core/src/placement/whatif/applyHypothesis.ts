import type { ClusterFacts } from '@callboard/plugin-callboard-common';

/** Something that might happen to a cluster. */
export type Hypothesis =
  | { kind: 'drain'; cluster: string }
  | { kind: 'lose'; cluster: string }
  /** Without a value the label is taken away. */
  | { kind: 'label'; cluster: string; key: string; value?: string }
  | {
      kind: 'blueprint';
      cluster: string;
      blueprint: NonNullable<ClusterFacts['blueprint']>;
    };

/** The clusters as they would be. Never mutates; a cluster that is not there changes nothing. */
export function applyHypothesis(
  clusters: readonly ClusterFacts[],
  hypothesis: Hypothesis,
): ClusterFacts[] {
  return clusters.map(cluster =>
    cluster.name === hypothesis.cluster ? change(cluster, hypothesis) : cluster,
  );
}

function change(cluster: ClusterFacts, hypothesis: Hypothesis): ClusterFacts {
  switch (hypothesis.kind) {
    case 'drain':
      return { ...cluster, draining: true };
    case 'lose':
      return { ...cluster, deleting: true };
    case 'label': {
      const { [hypothesis.key]: _, ...labels } = cluster.labels;
      return {
        ...cluster,
        labels:
          hypothesis.value === undefined
            ? labels
            : { ...labels, [hypothesis.key]: hypothesis.value },
      };
    }
    default:
      return { ...cluster, blueprint: hypothesis.blueprint };
  }
}
