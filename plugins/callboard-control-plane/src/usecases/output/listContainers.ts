import {
  type Untrusted,
  membersOf,
  namespaceOf,
  numberOf,
  readAs,
  textOf,
} from '@callboard/plugin-callboard-core';
import { type Result, LABELS, ok } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import type { AppDeploymentKey } from '../../store';
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';

const MOST_CONTAINERS = 40;
const CALL_MS = 5_000;

/** A container of an instance that has started at some time: there is output to read. */
export interface Container {
  namespace: string;
  instance: string;
  name: string;
  /** Whether the instance has other containers. */
  hasSiblings: boolean;
  /** Differs for every run. */
  run: string;
  isRunning: boolean;
  /** Whether there is output of the previous run. */
  hasRunBefore: boolean;
}

/** Containers of an app's instances on a cluster, the oldest instance first. */
export async function listContainers(
  connection: ClusterConnection,
  { app, environment }: Pick<AppDeploymentKey, 'app' | 'environment'>,
  signal?: AbortSignal,
): Promise<Result<Container[]>> {
  const namespace = namespaceOf(app, environment);
  const pods = await connection.list(
    { apiVersion: 'v1', kind: 'Pod' },
    {
      namespace,
      labelSelector: `${LABELS.app}=${app},${LABELS.environment}=${environment}`,
      deadlineMs: CALL_MS,
      signal,
    },
  );
  if (!pods.ok) return pods;
  const containers = pods.value.items
    .map(object => readAs<V1Pod>(object))
    .sort((a, b) => (createdAt(a) < createdAt(b) ? -1 : 1))
    .flatMap(pod => containersOf(pod, namespace));
  return ok(containers.slice(0, MOST_CONTAINERS));
}

function createdAt({ metadata }: Untrusted<V1Pod>): string {
  return textOf(metadata?.creationTimestamp) ?? '';
}

function containersOf(
  { metadata, spec, status }: Untrusted<V1Pod>,
  namespace: string,
): Container[] {
  const hasSiblings =
    membersOf(spec?.containers).length +
      membersOf(spec?.initContainers).length >
    1;
  return [
    ...membersOf(status?.initContainerStatuses),
    ...membersOf(status?.containerStatuses),
  ]
    .filter(hasStarted)
    .map(each => ({
      namespace,
      instance: textOf(metadata?.name) ?? '',
      name: textOf(each.name) ?? '',
      hasSiblings,
      run: [
        textOf(metadata?.uid),
        textOf(each.name),
        numberOf(each.restartCount) ?? 0,
      ].join('/'),
      isRunning: each.state?.running !== undefined,
      hasRunBefore: each.lastState?.terminated !== undefined,
    }));
}

/** The kubelet has no output of a container that never started. */
function hasStarted({ state, lastState }: Untrusted<V1ContainerStatus>) {
  return (
    state?.running !== undefined ||
    state?.terminated !== undefined ||
    lastState?.terminated !== undefined
  );
}
