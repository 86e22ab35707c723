import { type KubeObject, LABELS } from '@callboard/plugin-callboard-common';
import {
  type Fields,
  fieldsAt,
  listAt,
  numberAt,
  textAt,
  timeAt,
  valueAt,
} from '../fields';
import type { Evidence } from '../types';

/** An event of the cluster about an object, in short. */
export interface ClusterEvent {
  kind: string;
  name: string;
  reason: string;
  message: string;
  count: number;
  first?: Date;
  last?: Date;
}

/** How a container ended. */
export interface Ending {
  exitCode: number;
  signal?: number;
  reason: string;
  message: string;
  started?: Date;
  finished?: Date;
}

/** One container of an instance: its spec and its state. */
export interface ContainerFacts {
  name: string;
  /** An init container. */
  isBeforeStart: boolean;
  spec: Fields;
  image: string;
  isReady: boolean;
  isRunning: boolean;
  /** Start of the current run; absent while it does not run. */
  runningSince?: Date;
  restarts: number;
  waiting?: { reason: string; message: string };
  /** Its end; absent while it runs. */
  ended?: Ending;
  /** End of its previous run, unless its node went down with it. */
  endedBefore?: Ending;
}

export interface Instance {
  name: string;
  workload?: string;
  pod: KubeObject;
  containers: ContainerFacts[];
  events: ClusterEvent[];
  node?: string;
  isLeaving: boolean;
  /** Kind and name of its controller. */
  owner?: { kind: string; name: string };
}

/** Evidence, sorted and read once; input of the rules in `causes/`. */
export interface Situation {
  evidence: Evidence;
  now: Date;
  instances: Instance[];
  /** Deployments, jobs and other controllers. */
  owners: KubeObject[];
  nodes: KubeObject[];
  events: ClusterEvent[];
}

const OWNER_KINDS = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
]);

/** Reads evidence into a situation. Sorted by name, so that the order of the input does not matter. */
export function readSituation(evidence: Evidence, now: Date): Situation {
  const objects = [...evidence.objects]
    .sort(byName)
    .filter(object => belongs(object, evidence.workload));
  const events = evidence.events.map(readEvent).sort(byTime);
  return {
    evidence,
    now,
    events,
    owners: objects.filter(object => OWNER_KINDS.has(object.kind)),
    nodes: objects.filter(object => object.kind === 'Node'),
    instances: objects
      .filter(object => object.kind === 'Pod')
      .map(pod => readInstance(pod, events)),
  };
}

/** Returns the name of the workload of an object, by Callboard's label. */
export function workloadOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.[LABELS.workload];
}

function belongs(object: KubeObject, workload: string | undefined): boolean {
  const own = workloadOf(object);
  return workload === undefined || own === undefined || own === workload;
}

function readInstance(pod: KubeObject, events: ClusterEvent[]): Instance {
  return {
    name: pod.metadata.name,
    workload: workloadOf(pod),
    pod,
    containers: [
      ...readContainers(pod, 'init'),
      ...readContainers(pod, 'main'),
    ],
    events: events.filter(
      event => event.kind === 'Pod' && event.name === pod.metadata.name,
    ),
    node: textAt(pod, 'spec', 'nodeName'),
    isLeaving: pod.metadata.deletionTimestamp !== undefined,
    owner: pod.metadata.ownerReferences?.find(({ controller }) => controller),
  };
}

function readContainers(
  pod: KubeObject,
  part: 'init' | 'main',
): ContainerFacts[] {
  const specs = listAt(
    pod,
    'spec',
    part === 'init' ? 'initContainers' : 'containers',
  );
  const statuses = listAt(
    pod,
    'status',
    part === 'init' ? 'initContainerStatuses' : 'containerStatuses',
  );
  return specs.map(spec => {
    const name = textAt(spec, 'name') ?? '';
    const status =
      statuses.find(candidate => textAt(candidate, 'name') === name) ?? {};
    const isSidecar =
      part === 'init' && textAt(spec, 'restartPolicy') === 'Always';
    return readContainer(spec, status, part === 'init' && !isSidecar);
  });
}

function readContainer(
  spec: Fields,
  status: Fields,
  isBeforeStart: boolean,
): ContainerFacts {
  const waiting = fieldsAt(status, 'state', 'waiting');
  return {
    name: textAt(spec, 'name') ?? '',
    isBeforeStart,
    spec,
    image: textAt(spec, 'image') ?? '',
    isReady: valueAt(status, 'ready') === true,
    isRunning: valueAt(status, 'state', 'running') !== undefined,
    runningSince: timeAt(status, 'state', 'running', 'startedAt'),
    restarts: numberAt(status, 'restartCount') ?? 0,
    waiting:
      textAt(waiting, 'reason') === undefined
        ? undefined
        : {
            reason: textAt(waiting, 'reason') ?? '',
            message: textAt(waiting, 'message') ?? '',
          },
    ended: readEnding(fieldsAt(status, 'state', 'terminated')),
    endedBefore: readOwnEnding(fieldsAt(status, 'lastState', 'terminated')),
  };
}

/**
 * A container that went down with its node did not end by itself: the kubelet
 * writes reason `Unknown` and exit code 255 when it is back.
 */
function readOwnEnding(terminated: Fields): Ending | undefined {
  const ending = readEnding(terminated);
  return ending?.reason === 'Unknown' ? undefined : ending;
}

function readEnding(terminated: Fields): Ending | undefined {
  const exitCode = numberAt(terminated, 'exitCode');
  if (exitCode === undefined) return undefined;
  return {
    exitCode,
    signal: numberAt(terminated, 'signal'),
    reason: textAt(terminated, 'reason') ?? '',
    message: textAt(terminated, 'message') ?? '',
    started: timeAt(terminated, 'startedAt'),
    finished: timeAt(terminated, 'finishedAt'),
  };
}

/** Reads core/v1 and events.k8s.io/v1 alike. */
function readEvent(event: KubeObject): ClusterEvent {
  const about =
    textAt(event, 'involvedObject', 'name') === undefined
      ? 'regarding'
      : 'involvedObject';
  const last =
    timeAt(event, 'series', 'lastObservedTime') ??
    timeAt(event, 'lastTimestamp') ??
    timeAt(event, 'deprecatedLastTimestamp') ??
    timeAt(event, 'eventTime') ??
    timeAt(event, 'metadata', 'creationTimestamp');
  return {
    kind: textAt(event, about, 'kind') ?? '',
    name: textAt(event, about, 'name') ?? '',
    reason: textAt(event, 'reason') ?? '',
    message: textAt(event, 'message') ?? textAt(event, 'note') ?? '',
    count:
      numberAt(event, 'series', 'count') ??
      numberAt(event, 'count') ??
      numberAt(event, 'deprecatedCount') ??
      1,
    first:
      timeAt(event, 'firstTimestamp') ?? timeAt(event, 'eventTime') ?? last,
    last,
  };
}

function byName(a: KubeObject, b: KubeObject): number {
  return compare(
    `${a.kind}/${a.metadata.name}`,
    `${b.kind}/${b.metadata.name}`,
  );
}

function byTime(a: ClusterEvent, b: ClusterEvent): number {
  return (
    (a.last?.getTime() ?? 0) - (b.last?.getTime() ?? 0) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
