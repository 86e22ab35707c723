import type { Pod, ReplicaSet } from '../kinds';
import { isPodActive, isPodAvailable, isPodReady } from '../kinds';
import { matchSelector } from '../selectors';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';
import {
  controllerOf,
  controllerReference,
  isControlledBy,
  keysOfController,
} from './owners';
import { recordEvent } from './recordEvent';

const BURST = 500;

/** Keeps each replica set at its number of pods. */
export function replicaSetController(client: ClusterClient): Controller {
  const [replicaSets, pods] = [storageOf('ReplicaSet'), storageOf('Pod')];
  return {
    name: 'replicaset',
    keysOf({ storage, object }) {
      if (storage === replicaSets) return [keyOf(object.metadata)];
      return storage === pods ? keysOfController('ReplicaSet', object) : [];
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const set = client.get<ReplicaSet>('ReplicaSet', namespace, name);
      if (set === undefined) return undefined;
      if (set.metadata.deletionTimestamp === undefined) {
        const active = claimPods(client, set).filter(isPodActive);
        scale(client, set, active);
      }
      return writeStatus(client, set);
    },
  };
}

/** Returns the set's own pods; adopts ownerless ones that the selector matches. */
function claimPods(client: ClusterClient, set: ReplicaSet): Pod[] {
  const matches = matchSelector(set.spec.selector);
  return client.list<Pod>('Pod', set.metadata.namespace).flatMap(pod => {
    if (isControlledBy(pod, set)) return [pod];
    if (
      controllerOf(pod) !== undefined ||
      !isPodActive(pod) ||
      !matches(pod.metadata.labels ?? {})
    )
      return [];
    return [
      client.update(
        pod,
        draft =>
          (draft.metadata.ownerReferences = [
            ...(draft.metadata.ownerReferences ?? []),
            controllerReference(set),
          ]),
      ),
    ];
  });
}

function scale(
  client: ClusterClient,
  set: ReplicaSet,
  active: readonly Pod[],
): void {
  const missing = set.spec.replicas - active.length;
  for (let i = 0; i < Math.min(missing, BURST); i++) createPod(client, set);
  if (missing >= 0) return;
  const doomed = [...active]
    .sort(
      (a, b) =>
        worth(a) - worth(b) || (a.metadata.name < b.metadata.name ? 1 : -1),
    )
    .slice(0, -missing);
  for (const pod of doomed) {
    client.delete(pod);
    reportEvent(
      client,
      set,
      'SuccessfulDelete',
      `Deleted pod: ${pod.metadata.name}`,
    );
  }
}

/** Pods with the lowest rank are deleted first: not placed, not running, not ready, young. */
function worth(pod: Pod): number {
  const phases: Record<string, number> = { Pending: 1, Unknown: 2, Running: 3 };
  const age = Date.parse(pod.metadata.creationTimestamp ?? '') / 1e14;
  return (
    (pod.spec.nodeName === undefined ? 0 : 100) +
    (phases[pod.status.phase] ?? 0) * 10 +
    (isPodReady(pod) ? 1 : 0) -
    age
  );
}

function createPod(client: ClusterClient, set: ReplicaSet): void {
  const { metadata, spec } = set.spec.template;
  const { name: _, ...template } = { name: '', ...metadata };
  const pod = client.create<Pod>('Pod', {
    metadata: {
      ...template,
      name: '',
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      ownerReferences: [controllerReference(set)],
    },
    spec,
    status: { phase: 'Pending' },
  });
  reportEvent(
    client,
    set,
    'SuccessfulCreate',
    `Created pod: ${pod.metadata.name}`,
  );
}

function writeStatus(
  client: ClusterClient,
  set: ReplicaSet,
): number | undefined {
  const live = client.get<ReplicaSet>(
    'ReplicaSet',
    set.metadata.namespace,
    set.metadata.name,
  );
  if (live === undefined) return undefined;
  const owned = client
    .list<Pod>('Pod', set.metadata.namespace)
    .filter(pod => isControlledBy(pod, set));
  const active = owned.filter(isPodActive);
  const ready = active.filter(isPodReady);
  const minReady = live.spec.minReadySeconds ?? 0;
  const available = ready.filter(pod =>
    isPodAvailable(pod, minReady, client.now()),
  );
  const labels = Object.entries(live.spec.template.metadata?.labels ?? {});
  const isFullyLabeled = (pod: Pod) =>
    labels.every(([key, value]) => pod.metadata.labels?.[key] === value);
  client.updateStatus(live, {
    ...(available.length > 0 ? { availableReplicas: available.length } : {}),
    ...(active.length > 0
      ? { fullyLabeledReplicas: active.filter(isFullyLabeled).length }
      : {}),
    observedGeneration: live.metadata.generation,
    ...(ready.length > 0 ? { readyReplicas: ready.length } : {}),
    replicas: active.length,
    terminatingReplicas: owned.filter(
      ({ metadata }) => metadata.deletionTimestamp !== undefined,
    ).length,
  });
  return available.length < ready.length ? 1_000 : undefined;
}

function reportEvent(
  client: ClusterClient,
  set: ReplicaSet,
  reason: string,
  message: string,
): void {
  recordEvent(
    client,
    set,
    { component: 'replicaset-controller' },
    { type: 'Normal', reason, message },
  );
}
