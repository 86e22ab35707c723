import type { V1Container, V1Pod } from '@kubernetes/client-node';
import {
  type Untrusted,
  membersOf,
  readAs,
} from '@callboard/plugin-callboard-core';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import { type Amounts, addAmounts, NO_AMOUNTS, readAmounts } from './amounts';

const ENDED_PHASES = new Set<unknown>(['Succeeded', 'Failed']);

/**
 * Returns the requests of a pod, as the scheduler counts them: all containers
 * that run together, or the largest init container where that requests more,
 * plus the overhead of the runtime. A pod without requests still counts as one
 * pod.
 *
 * Source: kubernetes/kubernetes component-helpers/resource PodRequests.
 *
 * @returns undefined for a pod that has ended or that is not scheduled yet
 */
export function requestsOf(object: KubeObject): Amounts | undefined {
  const pod = readAs<V1Pod>(object);
  if (
    typeof pod.spec?.nodeName !== 'string' ||
    ENDED_PHASES.has(pod.status?.phase)
  )
    return undefined;
  let together = addAmounts(membersOf(pod.spec?.containers).map(readRequests));
  let largestStep = NO_AMOUNTS;
  let sidecars = NO_AMOUNTS;
  for (const container of membersOf(pod.spec?.initContainers)) {
    const requests = readRequests(container);
    const isSidecar = container.restartPolicy === 'Always';
    if (isSidecar) sidecars = addAmounts([sidecars, requests]);
    largestStep = largestOf(
      largestStep,
      isSidecar ? sidecars : addAmounts([sidecars, requests]),
    );
  }
  together = addAmounts([together, sidecars]);
  return {
    ...addAmounts([
      largestOf(together, largestStep),
      readAmounts(pod.spec?.overhead),
    ]),
    pods: 1,
  };
}

function readRequests(container: Untrusted<V1Container>): Amounts {
  return readAmounts(container.resources?.requests);
}

function largestOf(a: Amounts, b: Amounts): Amounts {
  return {
    cpuMillicores: Math.max(a.cpuMillicores, b.cpuMillicores),
    memoryBytes: Math.max(a.memoryBytes, b.memoryBytes),
    pods: 0,
  };
}
