import {
  type Cluster,
  describeBytes,
  describeCpu,
} from '@callboard/plugin-callboard-common';
import { countDrains } from './countFleet';
import { appsOn, isSilent, placesOn } from './facts';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

/** What the first line of a cluster says of its apps. */
function countCarried(cluster: Cluster, apps: number): Count {
  if (isSilent(cluster)) {
    const verb = cluster.reading ? 'carried' : 'with';
    return apps === 0
      ? `${verb} no app`
      : [new RegExp(`${verb} (\\d+) apps?`), apps];
  }
  return apps === 0 ? 'carries no app' : [/carries (\d+) apps?/, apps];
}

/** Of a cluster that does not run what it shall run. */
function countVersions({ blueprint }: Cluster): Count[] {
  const { version, runs } = blueprint ?? {};
  if (version === undefined || runs === version) return [];
  return [
    [/shall run version (\d+)/, version],
    ...(typeof runs === 'number'
      ? [[/It runs version (\d+)/, runs] satisfies Count]
      : []),
  ];
}

export function countCluster(cluster: Cluster, { apps }: Answers): Count[] {
  const { blueprint, capacity, nodes, requested } = cluster;
  const here = placesOn(cluster.name, apps);
  const sick = here.filter(({ environment: { clusters } }) =>
    clusters.some(
      each =>
        each.cluster === cluster.name &&
        ['Degraded', 'Missing'].includes(each.health.status),
    ),
  );
  const needing = new Set(sick.map(({ app }) => app.name)).size;
  return [
    { shown: /of which (\d+) needs? attention/, are: [needing] },
    ...countDrains([cluster]),
    countCarried(cluster, appsOn(cluster.name, apps)),
    [/\| Apps \| (\d+) \|/, appsOn(cluster.name, apps)],
    ...here.map(
      ({ environment: { title, clusters } }): Count =>
        `${title} · release ${
          clusters.find(each => each.cluster === cluster.name)?.release
        }`,
    ),
    ...(blueprint ? [`${blueprint.name} ${blueprint.version}`] : []),
    ...countVersions(cluster),
    ...(capacity
      ? [
          `${describeCpu(requested?.cpuMillicores ?? 0)} of ${describeCpu(
            capacity.cpuMillicores,
          )}`,
          `${describeBytes(requested?.memoryBytes ?? 0)} of ${describeBytes(
            capacity.memoryBytes,
          )}`,
          `${requested?.pods ?? 0} of ${capacity.pods}`,
        ]
      : []),
    `${nodes.ready} of ${nodes.total} ready`,
  ];
}
