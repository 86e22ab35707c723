import type {
  AppFile,
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { needsOf } from '../environment/needsOf';
import { parseCpu, parseMemory } from '../quantity';
import { fillAmounts } from '../render/baseline';
import { buildFolderOf } from '../render/buildFolder';
import { hasBaseline } from '../render/renderers';
import type { ContainerDemand, GuardRailDemands } from './types';

/** Returns the demands of a pushed release, to be compared with guard rails. */
export function demandsOf({
  workloads: pushed,
  deploy = {},
  renderer,
}: {
  workloads: readonly ScoreWorkload[];
  deploy?: AppFile['spec']['deploy'];
  renderer: number;
}): GuardRailDemands {
  const workloads = pushed.map(each => fillAmounts(each, renderer));
  const isOlder = !hasBaseline(renderer);
  const names = workloads.map(({ metadata }) => metadata.name);
  const containers = workloads.flatMap(({ metadata, containers: all }) =>
    Object.entries(all).map(([container, of]) => ({
      workload: metadata.name,
      container,
      of,
    })),
  );
  return {
    unrestricted: names.filter(
      name =>
        isOlder ||
        (Object.hasOwn(deploy, name) &&
          deploy[name].podSecurity === 'baseline'),
    ),
    ...(isOlder && { isBeforeNetworkPolicies: true }),
    images: [
      ...new Set(
        containers
          .map(({ of }) => of.image)
          .filter(image => buildFolderOf(image) === undefined),
      ),
    ].sort(),
    containers: containers.map(({ of, ...named }) => ({
      ...named,
      ...mostOf(of),
    })),
    instances: needsOf(workloads, 1),
  };
}

/** Returns the limits of a container; its requests where it has none. */
function mostOf({
  resources: { limits, requests } = {},
}: ScoreContainer): Pick<ContainerDemand, 'cpuMillicores' | 'memoryBytes'> {
  const cpuMillicores = parseCpu(limits?.cpu ?? requests?.cpu);
  const memoryBytes = parseMemory(limits?.memory ?? requests?.memory);
  return {
    ...(cpuMillicores !== undefined && { cpuMillicores }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}
