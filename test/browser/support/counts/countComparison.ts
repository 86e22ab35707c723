import {
  type Cluster,
  describeBytes,
  describeCpu,
} from '@callboard/plugin-callboard-common';
import { isSilent, placesOn } from './facts';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

/** Two clusters side by side: each number of both, and how many facts differ. */
export function countComparison(
  left: Cluster,
  right: Cluster,
  answers: Answers,
): Count[] {
  const [one, other] = [factsOf(left, answers), factsOf(right, answers)];
  const facts = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const differing = facts.filter(fact => one[fact] !== other[fact]);
  return [
    [/(\d+) of (\d+) facts differ/, differing.length, facts.length],
    ...facts
      .map(fact => [fact, one[fact] ?? '–', other[fact] ?? '–'])
      .filter(([, ...values]) => /\d/.test(values.join()))
      .map((row): Count => row.join(' | ')),
  ];
}

function factsOf(
  cluster: Cluster,
  { apps }: Answers,
): Record<string, string | undefined> {
  const { blueprint, capacity, claims, labels, nodes, requested } = cluster;
  const { state } = cluster.scheduling;
  const drift = blueprint?.drift.length ?? 0;
  const named = (kind: string, values: Record<string, string>) =>
    Object.entries(values).map(([key, value]) => [`${kind} ${key}`, value]);
  return Object.fromEntries([
    ['State', isSilent(cluster) ? 'Unknown' : cluster.health.status],
    ['Takes apps', state === 'open' ? 'yes' : `no, ${state}`],
    ['Blueprint', blueprint ? `${blueprint.name} ${blueprint.version}` : ''],
    ['Drift', drift === 0 || isSilent(cluster) ? 'none' : `${drift} objects`],
    ['Nodes ready', `${nodes.ready} of ${nodes.total}`],
    ['CPU', capacity && describeCpu(capacity.cpuMillicores)],
    ['Memory', capacity && describeBytes(capacity.memoryBytes)],
    ['CPU requested', requested && describeCpu(requested.cpuMillicores)],
    ['Memory requested', requested && describeBytes(requested.memoryBytes)],
    ['Connection', cluster.connection.kind],
    ...named('Label', labels),
    ...named('Claim', claims),
    ...placesOn(cluster.name, apps).map(({ app, environment }) => [
      `App ${app.name} in ${environment.title}`,
      `release ${
        environment.clusters.find(each => each.cluster === cluster.name)
          ?.release
      }`,
    ]),
  ]);
}
