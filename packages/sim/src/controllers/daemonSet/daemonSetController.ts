import {
  type DaemonSet,
  type Node,
  type Pod,
  isPodActive,
  isPodAvailable,
  isPodReady,
} from '../../kinds';
import { type ClusterClient, storageOf } from '../ClusterClient';
import { type Controller, keyOf, splitKey } from '../Controller';
import { isControlledBy, keysOfController } from '../owners';
import { recordEvent } from '../recordEvent';
import {
  HASH_LABEL,
  keepsPod,
  nodeOf,
  podFor,
  revisionOf,
  wantsPod,
} from './daemonPods';

/** Keeps one pod of each daemon set on every matching node, and replaces outdated pods a few at a time. */
export function daemonSetController(client: ClusterClient): Controller {
  const [sets, pods, nodes] = [
    storageOf('DaemonSet'),
    storageOf('Pod'),
    storageOf('Node'),
  ];
  return {
    name: 'daemonset',
    keysOf({ storage, object }) {
      if (storage === sets) return [keyOf(object.metadata)];
      if (storage === nodes)
        return client
          .list<DaemonSet>('DaemonSet')
          .map(({ metadata }) => keyOf(metadata));
      return storage === pods ? keysOfController('DaemonSet', object) : [];
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const set = client.get<DaemonSet>('DaemonSet', namespace, name);
      if (set === undefined) return undefined;
      const all = client.list<Node>('Node');
      if (set.metadata.deletionTimestamp === undefined) {
        placePods(client, set, all);
        rollOut(client, set, all);
      }
      return writeStatus(client, set, all);
    },
  };
}

function podsOf(client: ClusterClient, set: DaemonSet): Pod[] {
  return client
    .list<Pod>('Pod', set.metadata.namespace)
    .filter(pod => isControlledBy(pod, set))
    .sort(byAge);
}

function byAge({ metadata: a }: Pod, { metadata: b }: Pod): number {
  const [made, other] = [a.creationTimestamp ?? '', b.creationTimestamp ?? ''];
  if (made !== other) return made < other ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** Keeps one pod on each node that should have one, none where none may stay, and no duplicates. */
function placePods(
  client: ClusterClient,
  set: DaemonSet,
  nodes: readonly Node[],
): void {
  const pods = podsOf(client, set);
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  pods
    .filter(pod => !names.has(nodeOf(pod) ?? ''))
    .forEach(pod => remove(client, set, pod));
  for (const node of nodes) {
    const here = pods.filter(pod => nodeOf(pod) === node.metadata.name);
    const [first, ...doubles] = here.filter(isPodActive);
    const failed = here.filter(({ status }) => status.phase === 'Failed');
    [...failed, ...doubles].forEach(pod => remove(client, set, pod));
    if (first !== undefined && !keepsPod(set, node)) remove(client, set, first);
    else if (here.length === 0 && wantsPod(set, node))
      create(client, set, node);
  }
}

/** Deletes outdated pods that are not available at once, others within maxUnavailable. */
function rollOut(
  client: ClusterClient,
  set: DaemonSet,
  nodes: readonly Node[],
): void {
  if (set.spec.updateStrategy.type === 'OnDelete') return;
  const wanted = nodes.filter(node => wantsPod(set, node)).length;
  const pods = podsOf(client, set).filter(isPodActive);
  const isServing = (pod: Pod) =>
    isPodAvailable(pod, set.spec.minReadySeconds ?? 0, client.now());
  const old = pods.filter(pod => !isUpdated(set, pod));
  old.filter(pod => !isServing(pod)).forEach(pod => remove(client, set, pod));
  const missing = wanted - pods.filter(isServing).length;
  const most = mostUnavailable(set, wanted);
  old
    .filter(isServing)
    .slice(0, Math.max(0, most - missing))
    .forEach(pod => remove(client, set, pod));
}

/** At least one; with zero no pod would ever be replaced. */
function mostUnavailable({ spec }: DaemonSet, wanted: number): number {
  const most = spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1;
  const many =
    typeof most === 'number'
      ? most
      : Math.ceil((parseFloat(most) / 100) * wanted);
  return Math.max(1, many);
}

function isUpdated(set: DaemonSet, { metadata }: Pod): boolean {
  return metadata.labels?.[HASH_LABEL] === revisionOf(set);
}

function writeStatus(
  client: ClusterClient,
  { metadata }: DaemonSet,
  nodes: readonly Node[],
): number | undefined {
  const { namespace, name } = metadata;
  const set = client.get<DaemonSet>('DaemonSet', namespace, name);
  if (set === undefined) return undefined;
  const pods = podsOf(client, set).filter(isPodActive);
  const on = (node: Node) =>
    pods.find(pod => nodeOf(pod) === node.metadata.name);
  const wanting = nodes.filter(node => wantsPod(set, node));
  const scheduled = wanting.flatMap(node => on(node) ?? []);
  const ready = scheduled.filter(isPodReady);
  const available = ready.filter(pod =>
    isPodAvailable(pod, set.spec.minReadySeconds ?? 0, client.now()),
  );
  const count = (field: string, value: number) =>
    value === 0 ? {} : { [field]: value };
  client.updateStatus(set, {
    currentNumberScheduled: scheduled.length,
    desiredNumberScheduled: wanting.length,
    ...count('numberAvailable', available.length),
    numberMisscheduled: nodes.filter(
      node => !wanting.includes(node) && on(node) !== undefined,
    ).length,
    numberReady: ready.length,
    ...count('numberUnavailable', wanting.length - available.length),
    observedGeneration: set.metadata.generation,
    ...count(
      'updatedNumberScheduled',
      scheduled.filter(pod => isUpdated(set, pod)).length,
    ),
  });
  return available.length < ready.length ? 1_000 : undefined;
}

function create(client: ClusterClient, set: DaemonSet, node: Node): void {
  const pod = client.create<Pod>('Pod', podFor(set, node));
  reportEvent(
    client,
    set,
    'SuccessfulCreate',
    `Created pod: ${pod.metadata.name}`,
  );
}

function remove(client: ClusterClient, set: DaemonSet, pod: Pod): void {
  if (pod.metadata.deletionTimestamp !== undefined) return;
  client.delete(pod);
  reportEvent(
    client,
    set,
    'SuccessfulDelete',
    `Deleted pod: ${pod.metadata.name}`,
  );
}

function reportEvent(
  client: ClusterClient,
  set: DaemonSet,
  reason: string,
  message: string,
): void {
  recordEvent(
    client,
    set,
    { component: 'daemonset-controller' },
    { type: 'Normal', reason, message },
  );
}
