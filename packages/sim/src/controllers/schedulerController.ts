import { resourceOfKind } from '../discovery';
import { cloneJson } from '../json';
import type { Node, Pod, PodSpec, Taint } from '../kinds';
import { quantity } from '../validation';
import { timestamp } from '../clock';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';
import { isNodeReady, isTolerated, matchesNode } from './nodeFit';
import { recordEvent } from './recordEvent';

const ZONE_LABELS = [
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
];
const SOURCE = { component: 'default-scheduler' };
const RETRY_MS = 30_000;
const UNSCHEDULABLE: Taint = {
  key: 'node.kubernetes.io/unschedulable',
  effect: 'NoSchedule',
};

/** Binds pods to nodes that fit, and reports the reason for each pod that fits nowhere. */
export function schedulerController(client: ClusterClient): Controller {
  const [pods, nodes] = [storageOf('Pod'), storageOf('Node')];
  return {
    name: 'scheduler',
    keysOf({ storage, object, type }) {
      const isLarger =
        (storage === pods && type === 'DELETED') ||
        (storage === nodes && type !== 'DELETED');
      const waiting = isLarger
        ? client
            .list<Pod>('Pod')
            .filter(isWaiting)
            .map(pod => keyOf(pod.metadata))
        : [];
      return storage === pods && isWaiting(object as Pod)
        ? [keyOf(object.metadata), ...waiting]
        : waiting;
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const pod = client.get<Pod>('Pod', namespace, name);
      if (pod === undefined || !isWaiting(pod)) return undefined;
      const all = client.list<Node>('Node');
      const placed = client
        .list<Pod>('Pod')
        .filter(other => other.spec.nodeName !== undefined && !isOver(other));
      const refusals = all.map(node => ({
        node,
        reasons: refusalsOf(pod, node, placed),
      }));
      const fitting = refusals
        .filter(({ reasons }) => reasons.length === 0)
        .map(({ node }) => node);
      if (fitting.length === 0)
        return reportUnschedulable(
          client,
          pod,
          refusals.map(({ reasons }) => reasons),
        );
      bind(client, pod, choose(fitting, pod, placed));
      return undefined;
    },
  };
}

function isWaiting({ spec, status, metadata }: Pod): boolean {
  return (
    spec.nodeName === undefined &&
    spec.schedulerName === 'default-scheduler' &&
    metadata.deletionTimestamp === undefined &&
    status.phase === 'Pending'
  );
}

function isOver({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

function refusalsOf(pod: Pod, node: Node, placed: readonly Pod[]): string[] {
  const there = placed.filter(
    ({ spec }) => spec.nodeName === node.metadata.name,
  );
  const taint = node.spec.taints?.find(
    candidate =>
      candidate.effect !== 'PreferNoSchedule' &&
      !isTolerated(candidate, pod.spec.tolerations ?? []),
  );
  if (!isNodeReady(node)) return ['node(s) had untolerated taint(s)'];
  if (
    node.spec.unschedulable === true &&
    !isTolerated(UNSCHEDULABLE, pod.spec.tolerations ?? [])
  )
    return ['node(s) were unschedulable'];
  if (!matchesNode(pod.spec, node))
    return ["node(s) didn't match Pod's node affinity/selector"];
  if (taint !== undefined) return [`node(s) had untolerated taint(s)`];
  const { allocatable } = node.status;
  const lacks = ['cpu', 'memory'].filter(
    resource =>
      requestOf(pod.spec, resource) > 0 &&
      sumRequests(there, resource) + requestOf(pod.spec, resource) >
        quantity(allocatable[resource]),
  );
  return [
    ...(there.length + 1 > quantity(allocatable.pods) ? ['Too many pods'] : []),
    ...lacks.map(resource => `Insufficient ${resource}`),
  ];
}

/**
 * The sum over the containers that run at the same time, or the largest init
 * container with its sidecars if that is more.
 */
function requestOf(
  { containers, initContainers = [] }: PodSpec,
  resource: string,
): number {
  const of = (container: PodSpec['containers'][number]) =>
    quantity(container.resources?.requests?.[resource] ?? '0');
  let beside = 0;
  let most = 0;
  for (const each of initContainers) {
    most = Math.max(most, beside + of(each));
    if (each.restartPolicy === 'Always') beside += of(each);
  }
  return Math.max(
    most,
    containers.reduce((sum, container) => sum + of(container), beside),
  );
}

function sumRequests(pods: readonly Pod[], resource: string): number {
  return pods.reduce((sum, { spec }) => sum + requestOf(spec, resource), 0);
}

/** Prefers fewest pods of the same owner, then fewest pods, then the name: spread, and deterministic. */
function choose(
  nodes: readonly Node[],
  pod: Pod,
  placed: readonly Pod[],
): Node {
  const owner = pod.metadata.ownerReferences?.[0]?.uid;
  const score = ({ metadata }: Node) => {
    const there = placed.filter(({ spec }) => spec.nodeName === metadata.name);
    const siblings = there.filter(
      other =>
        owner !== undefined &&
        other.metadata.ownerReferences?.[0]?.uid === owner,
    ).length;
    return siblings * 10_000 + there.length;
  };
  return [...nodes].sort(
    (a, b) =>
      score(a) - score(b) || (a.metadata.name < b.metadata.name ? -1 : 1),
  )[0];
}

/** Binding records no field manager, and copies the node's zone to the pod. */
function bind(client: ClusterClient, pod: Pod, node: Node): void {
  const next = cloneJson(pod);
  next.spec.nodeName = node.metadata.name;
  const zones = ZONE_LABELS.filter(
    label => node.metadata.labels?.[label] !== undefined,
  ).map(label => [label, node.metadata.labels?.[label] ?? '']);
  if (zones.length > 0)
    next.metadata.labels = {
      ...next.metadata.labels,
      ...Object.fromEntries(zones),
    };
  next.status.conditions = [
    {
      type: 'PodScheduled',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: timestamp(client.now()),
      observedGeneration: pod.metadata.generation,
    },
  ];
  client.registry.store.put(resourceOfKind('v1', 'Pod').storage, next);
  const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${node.metadata.name}`;
  recordEvent(
    client,
    pod,
    { ...SOURCE, action: 'Binding' },
    { type: 'Normal', reason: 'Scheduled', message },
  );
}

function reportUnschedulable(
  client: ClusterClient,
  pod: Pod,
  reasons: readonly string[][],
): number {
  const message = describeShortage(reasons);
  const before = pod.status.conditions?.find(
    ({ type }) => type === 'PodScheduled',
  );
  if (before?.message !== message) {
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastProbeTime: null,
      lastTransitionTime: before?.lastTransitionTime ?? client.timestamp(),
      observedGeneration: pod.metadata.generation,
    };
    client.updateStatus(pod, { ...pod.status, conditions: [condition] });
    recordEvent(
      client,
      pod,
      { ...SOURCE, action: 'Scheduling' },
      { type: 'Warning', reason: 'FailedScheduling', message },
    );
  }
  return RETRY_MS;
}

/** Source: kubernetes pkg/scheduler/framework FitError. */
function describeShortage(reasons: readonly string[][]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons.flat())
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reported = [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
  const nodes = `0/${reasons.length} nodes are available`;
  if (reasons.length === 0) return 'no nodes available to schedule pods';
  return `${nodes}: ${reported}. no new claims to deallocate, preemption: ${nodes}: ${reasons.length} Preemption is not helpful for scheduling.`;
}
