import type { V1Container, V1Pod } from '@kubernetes/client-node';
import {
  type Untrusted,
  membersOf,
  numberOf,
  parseCpu,
  parseMemory,
  readAs,
  textOf,
} from '@callboard/plugin-callboard-core';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { ContainerAmounts, ContainerFacts } from '../../store';

const MOST_CONTAINERS = 20;

/** Returns the containers of a pod that run together, without those that run before its start. */
export function containersOf(object: KubeObject): ContainerFacts[] {
  const pod = readAs<V1Pod>(object);
  const sidecars = membersOf(pod.spec?.initContainers).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const statuses = [
    ...membersOf(pod.status?.containerStatuses),
    ...membersOf(pod.status?.initContainerStatuses),
  ];
  return [...membersOf(pod.spec?.containers), ...sidecars]
    .slice(0, MOST_CONTAINERS)
    .map(container => {
      const name = textOf(container.name) ?? '';
      const status = statuses.find(each => each.name === name);
      return {
        name,
        requests: amountsOf(container, 'requests'),
        limits: amountsOf(container, 'limits'),
        restarts: numberOf(status?.restartCount) ?? 0,
      };
    });
}

function amountsOf(
  { resources }: Untrusted<V1Container>,
  field: 'requests' | 'limits',
): ContainerAmounts {
  const cpuMillicores = parseCpu(resources?.[field]?.cpu);
  const memoryBytes = parseMemory(resources?.[field]?.memory);
  return {
    ...(cpuMillicores !== undefined && { cpuMillicores }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}
