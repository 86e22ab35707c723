import { canonicalText } from '../json';
import type { PersistentVolumeClaim, Pod, StatefulSet } from '../kinds';
import { isPodActive, isPodAvailable, isPodReady } from '../kinds';
import { hashText } from '../random';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';
import {
  controllerReference,
  isControlledBy,
  keysOfController,
} from './owners';
import { recordEvent } from './recordEvent';

const HASH_LABEL = 'controller-revision-hash';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';
const NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

/**
 * Keeps the numbered pods of stateful sets, each with its own claims: created
 * one after the other from 0, removed and replaced from the highest. Claims
 * outlive pods and sets.
 */
export function statefulSetController(client: ClusterClient): Controller {
  const [sets, pods] = [storageOf('StatefulSet'), storageOf('Pod')];
  return {
    name: 'statefulset',
    keysOf({ storage, object }) {
      if (storage === sets) return [keyOf(object.metadata)];
      return storage === pods ? keysOfController('StatefulSet', object) : [];
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const set = client.get<StatefulSet>('StatefulSet', namespace, name);
      if (set === undefined) return undefined;
      if (set.metadata.deletionTimestamp === undefined) step(client, set);
      return writeStatus(client, set);
    },
  };
}

function podsOf(client: ClusterClient, set: StatefulSet): Pod[] {
  return client
    .list<Pod>('Pod', set.metadata.namespace)
    .filter(pod => isControlledBy(pod, set))
    .sort((a, b) => ordinalOf(a) - ordinalOf(b));
}

function ordinalOf({ metadata }: Pod): number {
  return Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
}

/** Takes one step towards the desired pods; with OrderedReady one pod at a time. */
function step(client: ClusterClient, set: StatefulSet): void {
  const { replicas, podManagementPolicy, updateStrategy } = set.spec;
  const isOrdered = podManagementPolicy !== 'Parallel';
  const own = new Map(podsOf(client, set).map(pod => [ordinalOf(pod), pod]));
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const pod = own.get(ordinal);
    if (pod === undefined) {
      createClaims(client, set, ordinal);
      createPod(client, set, ordinal);
    } else if (!isPodActive(pod)) {
      if (pod.metadata.deletionTimestamp === undefined)
        remove(client, set, pod);
    } else if (isPodReady(pod)) continue;
    if (isOrdered) return;
  }
  const condemned = [...own.values()].filter(pod => ordinalOf(pod) >= replicas);
  for (const pod of condemned.reverse()) {
    if (pod.metadata.deletionTimestamp === undefined) remove(client, set, pod);
    if (isOrdered) return;
  }
  if (updateStrategy?.type === 'OnDelete') return;
  const revision = revisionOf(set);
  for (let ordinal = replicas - 1; ordinal >= 0; ordinal--) {
    const pod = own.get(ordinal);
    if (pod?.metadata.labels?.[HASH_LABEL] !== revision) {
      if (pod && pod.metadata.deletionTimestamp === undefined)
        remove(client, set, pod);
      return;
    }
    if (!isPodReady(pod)) return;
  }
}

function revisionOf({ metadata, spec }: StatefulSet): string {
  const hash = hashText(canonicalText(spec.template)).toString(36);
  return `${metadata.name}-${hash}`;
}

function createPod(
  client: ClusterClient,
  set: StatefulSet,
  ordinal: number,
): void {
  const { name: setName, namespace } = set.metadata;
  const { metadata, spec } = set.spec.template;
  const name = `${setName}-${ordinal}`;
  const claims = set.spec.volumeClaimTemplates ?? [];
  const claimed = new Set(claims.map(claim => claim.metadata.name));
  client.create<Pod>('Pod', {
    metadata: {
      ...metadata,
      name,
      namespace,
      labels: {
        ...metadata?.labels,
        [INDEX_LABEL]: String(ordinal),
        [HASH_LABEL]: revisionOf(set),
        [NAME_LABEL]: name,
      },
      ownerReferences: [controllerReference(set)],
    },
    spec: {
      ...spec,
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
      volumes: [
        ...claims.map(claim => ({
          name: claim.metadata.name,
          persistentVolumeClaim: {
            claimName: `${claim.metadata.name}-${name}`,
          },
        })),
        ...(spec.volumes ?? []).filter(volume => !claimed.has(volume.name)),
      ],
    },
    status: { phase: 'Pending' },
  });
  reportEvent(
    client,
    set,
    'SuccessfulCreate',
    `create Pod ${name} in StatefulSet ${setName} successful`,
  );
}

/** Claims are created once and found again by their name. */
function createClaims(
  client: ClusterClient,
  set: StatefulSet,
  ordinal: number,
): void {
  const { name: setName, namespace } = set.metadata;
  for (const { metadata, spec } of set.spec.volumeClaimTemplates ?? []) {
    const name = `${metadata.name}-${setName}-${ordinal}`;
    if (client.get('PersistentVolumeClaim', namespace, name)) continue;
    client.create<PersistentVolumeClaim>('PersistentVolumeClaim', {
      metadata: {
        ...metadata,
        name,
        namespace,
        labels: { ...metadata.labels, ...set.spec.selector.matchLabels },
      },
      spec,
      status: { phase: 'Pending' },
    });
    reportEvent(
      client,
      set,
      'SuccessfulCreate',
      `create Claim ${name} Pod ${setName}-${ordinal} in StatefulSet ${setName} success`,
    );
  }
}

function remove(client: ClusterClient, set: StatefulSet, pod: Pod): void {
  client.delete(pod);
  reportEvent(
    client,
    set,
    'SuccessfulDelete',
    `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`,
  );
}

function writeStatus(
  client: ClusterClient,
  { metadata }: StatefulSet,
): number | undefined {
  const set = client.get<StatefulSet>(
    'StatefulSet',
    metadata.namespace,
    metadata.name,
  );
  if (set === undefined) return undefined;
  const revision = revisionOf(set);
  const all = podsOf(client, set);
  const ready = all.filter(isPodReady);
  const minReady = set.spec.minReadySeconds ?? 0;
  const available = ready.filter(pod =>
    isPodAvailable(pod, minReady, client.now()),
  );
  const updated = all.filter(
    pod => pod.metadata.labels?.[HASH_LABEL] === revision,
  );
  const isRolledOut =
    updated.length === set.spec.replicas && ready.length === all.length;
  const current = isRolledOut
    ? revision
    : set.status?.currentRevision ?? revision;
  const ofCurrent = all.filter(
    pod => pod.metadata.labels?.[HASH_LABEL] === current,
  );
  client.updateStatus(set, {
    availableReplicas: available.length,
    collisionCount: 0,
    ...(ofCurrent.length > 0 ? { currentReplicas: ofCurrent.length } : {}),
    currentRevision: current,
    observedGeneration: set.metadata.generation,
    ...(ready.length > 0 ? { readyReplicas: ready.length } : {}),
    replicas: all.length,
    updateRevision: revision,
    ...(updated.length > 0 ? { updatedReplicas: updated.length } : {}),
  });
  return available.length < ready.length ? 1_000 : undefined;
}

function reportEvent(
  client: ClusterClient,
  set: StatefulSet,
  reason: string,
  message: string,
): void {
  recordEvent(
    client,
    set,
    { component: 'statefulset-controller' },
    { type: 'Normal', reason, message },
  );
}
