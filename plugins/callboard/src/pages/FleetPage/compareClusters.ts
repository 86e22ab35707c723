import {
  type Cluster,
  countOf,
  describeBytes,
  describeCpu,
} from '@callboard/plugin-callboard-common';
import { clusterConcerns } from '@callboard/plugin-callboard-core';

/** One fact of two clusters. */
export interface ComparedFact {
  fact: string;
  left: string;
  right: string;
  differs: boolean;
}

const NONE = '–';

/** Compares two clusters: different facts first, each part in the order of a cluster's page. */
export function compareClusters(left: Cluster, right: Cluster): ComparedFact[] {
  const [a, b] = [factsOf(left), factsOf(right)];
  const facts = [...new Set([...a.keys(), ...b.keys()])].map(fact => ({
    fact,
    left: a.get(fact) ?? NONE,
    right: b.get(fact) ?? NONE,
    differs: a.get(fact) !== b.get(fact),
  }));
  return [
    ...facts.filter(({ differs }) => differs),
    ...facts.filter(({ differs }) => !differs),
  ];
}

function factsOf(cluster: Cluster): Map<string, string> {
  const { health, freshness, blueprint, nodes, capacity, requested } = cluster;
  const isDrifted = clusterConcerns(cluster).some(
    ({ kind }) => kind === 'drifted',
  );
  const facts: Array<[string, string]> = [
    ['State', freshness === 'live' ? health.status : 'Unknown'],
    [
      'Takes apps',
      cluster.scheduling.state === 'open'
        ? 'yes'
        : `no, ${cluster.scheduling.state}`,
    ],
    [
      'Blueprint',
      blueprint ? `${blueprint.name} ${blueprint.version}` : 'none',
    ],
    ['Drift', isDrifted ? countOf(blueprint!.drift.length, 'object') : 'none'],
    ['Nodes ready', `${nodes.ready} of ${nodes.total}`],
    ['CPU', capacity ? describeCpu(capacity.cpuMillicores) : NONE],
    ['Memory', capacity ? describeBytes(capacity.memoryBytes) : NONE],
    ['CPU requested', requested ? describeCpu(requested.cpuMillicores) : NONE],
    [
      'Memory requested',
      requested ? describeBytes(requested.memoryBytes) : NONE,
    ],
    ['Connection', cluster.connection.kind],
  ];
  const pairs = (kind: string, values: Record<string, string>) =>
    Object.entries(values)
      .sort(([x], [y]) => x.localeCompare(y))
      .map(([key, value]): [string, string] => [`${kind} ${key}`, value]);
  const apps = [...cluster.apps]
    .sort((x, y) => x.app.localeCompare(y.app))
    .map(({ app, environmentTitle, release }): [string, string] => [
      `App ${app} in ${environmentTitle}`,
      release === null ? 'on its way' : `release ${release}`,
    ]);
  return new Map([
    ...facts,
    ...pairs('Label', cluster.labels),
    ...pairs('Claim', cluster.claims),
    ...apps,
  ]);
}
