import type { ClusterFacts, Taint } from '@callboard/plugin-callboard-common';

type Blueprint = NonNullable<ClusterFacts['blueprint']>;

/** A hypothetical change of clusters. */
export type Hypothesis =
  | { kind: 'cordon' | 'drain' | 'uncordon' | 'lose'; cluster: string }
  /** Without a value the label is removed. */
  | { kind: 'label'; cluster: string; key: string; value?: string }
  /** A taint of the same key and effect is replaced. */
  | { kind: 'taint'; cluster: string; taint: Taint }
  /** Removes every taint with this key. */
  | { kind: 'untaint'; cluster: string; key: string }
  /** Another blueprint, or another version of it. */
  | { kind: 'blueprint'; cluster: string; blueprint: Blueprint }
  /** The same on every cluster that runs this blueprint now. */
  | { kind: 'blueprint-of'; running: string; blueprint: Blueprint }
  /** An additional cluster; an existing one of that name is replaced. */
  | { kind: 'add'; facts: ClusterFacts };

/** Returns the clusters after a hypothetical change. Never mutates; an unknown cluster changes nothing. */
export function applyHypothesis(
  clusters: readonly ClusterFacts[],
  hypothesis: Hypothesis,
): ClusterFacts[] {
  switch (hypothesis.kind) {
    case 'add':
      return [
        ...clusters.filter(({ name }) => name !== hypothesis.facts.name),
        hypothesis.facts,
      ];
    case 'blueprint-of':
      return clusters.map(cluster =>
        cluster.blueprint?.name === hypothesis.running
          ? { ...cluster, blueprint: hypothesis.blueprint }
          : cluster,
      );
    default:
      return clusters.map(cluster =>
        cluster.name === hypothesis.cluster
          ? change(cluster, hypothesis)
          : cluster,
      );
  }
}

function change(
  cluster: ClusterFacts,
  hypothesis: Extract<Hypothesis, { cluster: string }>,
): ClusterFacts {
  switch (hypothesis.kind) {
    case 'cordon':
      return { ...cluster, cordoned: true };
    case 'drain':
      return { ...cluster, draining: true };
    case 'uncordon':
      return { ...cluster, cordoned: false, draining: false };
    case 'lose':
      return { ...cluster, deleting: true };
    case 'label':
      return { ...cluster, labels: relabel(cluster.labels, hypothesis) };
    case 'taint': {
      const { taint } = hypothesis;
      const others = cluster.taints.filter(
        ({ key, effect }) => key !== taint.key || effect !== taint.effect,
      );
      return { ...cluster, taints: [...others, taint] };
    }
    case 'untaint':
      return {
        ...cluster,
        taints: cluster.taints.filter(({ key }) => key !== hypothesis.key),
      };
    default:
      return { ...cluster, blueprint: hypothesis.blueprint };
  }
}

function relabel(
  labels: Record<string, string>,
  { key, value }: { key: string; value?: string },
): Record<string, string> {
  const { [key]: _, ...others } = labels;
  return value === undefined ? others : { ...others, [key]: value };
}
