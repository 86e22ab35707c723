import { canonicalText, cloneJson } from '../../json';
import type { Deployment, Pod, PodTemplate, ReplicaSet } from '../../kinds';
import { isPodActive } from '../../kinds';
import { hashText } from '../../random';
import { type ClusterClient, storageOf } from '../ClusterClient';
import { type Controller, keyOf, splitKey } from '../Controller';
import {
  controllerOf,
  controllerReference,
  isControlledBy,
  keysOfController,
} from '../owners';
import { recordEvent } from '../recordEvent';
import { deadlineOf, deploymentStatus } from './deploymentStatus';
import {
  boundsOf,
  planGrowth,
  planShrinking,
  type ScaleStep,
} from './planRollingUpdate';

const HASH_LABEL = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAX = 'deployment.kubernetes.io/max-replicas';

/** Rolls deployments out: one replica set per template, scaled within the strategy's bounds. */
export function deploymentController(client: ClusterClient): Controller {
  const [deployments, replicaSets, pods] = [
    storageOf('Deployment'),
    storageOf('ReplicaSet'),
    storageOf('Pod'),
  ];
  return {
    name: 'deployment',
    keysOf({ storage, object, type }) {
      if (storage === deployments) return [keyOf(object.metadata)];
      const set =
        storage === pods && type === 'DELETED'
          ? ownerSet(client, object as Pod)
          : object;
      return set && (storage === replicaSets || storage === pods)
        ? keysOfController('Deployment', set)
        : [];
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const deployment = client.get<Deployment>('Deployment', namespace, name);
      if (deployment === undefined) return undefined;
      const sets = ownSets(client, deployment);
      const isGoing = deployment.metadata.deletionTimestamp !== undefined;
      const isNew = !isGoing && rollOut(client, deployment, sets);
      return writeStatus(client, { namespace, name }, isNew);
    },
  };
}

function ownerSet(client: ClusterClient, pod: Pod): ReplicaSet | undefined {
  const owner = controllerOf(pod);
  return owner?.kind === 'ReplicaSet'
    ? client.get<ReplicaSet>('ReplicaSet', pod.metadata.namespace, owner.name)
    : undefined;
}

/** Returns the deployment's replica sets, oldest first. */
function ownSets(client: ClusterClient, deployment: Deployment): ReplicaSet[] {
  return client
    .list<ReplicaSet>('ReplicaSet', deployment.metadata.namespace)
    .filter(set => isControlledBy(set, deployment))
    .sort((a, b) => revisionOf(a) - revisionOf(b));
}

/** Takes one step towards the desired state. @returns whether it created a new replica set */
function rollOut(
  client: ClusterClient,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
): boolean {
  const known = sets.find(set => isOfTemplate(set, deployment.spec.template));
  const old = sets.filter(set => set !== known);
  if (known === undefined && deployment.spec.paused === true) return false;
  if (
    deployment.spec.strategy.type === 'Recreate' &&
    !hasStopped(client, old)
  ) {
    old.forEach(set => scaleTo(client, deployment, { set, replicas: 0 }));
    return false;
  }
  const fresh =
    known === undefined
      ? createSet(client, deployment, old)
      : refreshRevision(client, deployment, known, old);
  if (deployment.spec.paused === true) {
    scaleTo(client, deployment, {
      set: fresh,
      replicas:
        deployment.spec.replicas -
        old.reduce((sum, { spec }) => sum + spec.replicas, 0),
    });
    return false;
  }
  const growth = planGrowth(deployment, fresh, old);
  if (growth !== undefined) scaleTo(client, deployment, growth);
  else
    planShrinking(
      deployment,
      fresh,
      old.filter(({ spec }) => spec.replicas > 0),
    ).forEach(step => scaleTo(client, deployment, step));
  dropHistory(client, deployment, old);
  return known === undefined;
}

function hasStopped(
  client: ClusterClient,
  old: readonly ReplicaSet[],
): boolean {
  return old.every(
    set =>
      set.spec.replicas === 0 &&
      !client
        .list<Pod>('Pod', set.metadata.namespace)
        .some(
          pod => isControlledBy(pod, set) && pod.status.phase !== 'Succeeded',
        ),
  );
}

function isOfTemplate({ spec }: ReplicaSet, template: PodTemplate): boolean {
  const bare = cloneJson(spec.template);
  delete bare.metadata?.labels?.[HASH_LABEL];
  return canonicalText(bare) === canonicalText(template);
}

function createSet(
  client: ClusterClient,
  deployment: Deployment,
  old: readonly ReplicaSet[],
): ReplicaSet {
  const { name, namespace } = deployment.metadata;
  const template = cloneJson(deployment.spec.template);
  const hash = templateHash(template);
  const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  template.metadata = { ...template.metadata, labels };
  const matchLabels = {
    ...deployment.spec.selector.matchLabels,
    [HASH_LABEL]: hash,
  };
  const revision = String(Math.max(0, ...old.map(revisionOf)) + 1);
  const set = client.create<ReplicaSet>('ReplicaSet', {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: {
        ...copiedAnnotations(deployment),
        ...sizeAnnotations(deployment),
        [REVISION]: revision,
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: 0,
      minReadySeconds: deployment.spec.minReadySeconds,
      selector: { ...deployment.spec.selector, matchLabels },
      template,
    },
    status: { replicas: 0 },
  });
  noteRevision(client, deployment, revision);
  return set;
}

/** Makes an old template that is desired again the newest revision. */
function refreshRevision(
  client: ClusterClient,
  deployment: Deployment,
  known: ReplicaSet,
  old: readonly ReplicaSet[],
): ReplicaSet {
  const newest = Math.max(0, ...old.map(revisionOf));
  const revision = String(
    Math.max(revisionOf(known), revisionOf(known) > newest ? 0 : newest + 1),
  );
  noteRevision(client, deployment, revision);
  const annotations = {
    ...known.metadata.annotations,
    ...sizeAnnotations(deployment),
    [REVISION]: revision,
  };
  return client.update(known, draft => {
    draft.metadata.annotations = annotations;
    draft.spec.minReadySeconds = deployment.spec.minReadySeconds;
  });
}

function noteRevision(
  client: ClusterClient,
  { metadata }: Deployment,
  revision: string,
): void {
  const live = client.get<Deployment>(
    'Deployment',
    metadata.namespace,
    metadata.name,
  );
  if (live === undefined || live.metadata.annotations?.[REVISION] === revision)
    return;
  client.update(
    live,
    draft =>
      Object.assign(draft.metadata, {
        annotations: { ...draft.metadata.annotations, [REVISION]: revision },
      }),
    'status',
  );
}

function copiedAnnotations({ metadata }: Deployment): Record<string, string> {
  const skipped = [
    'kubectl.kubernetes.io/last-applied-configuration',
    REVISION,
  ];
  return Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(
      ([key]) => !skipped.includes(key),
    ),
  );
}

function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const { replicas } = deployment.spec;
  return {
    [DESIRED]: String(replicas),
    [MAX]: String(replicas + boundsOf(deployment).maxSurge),
  };
}

function scaleTo(
  client: ClusterClient,
  deployment: Deployment,
  { set, replicas }: ScaleStep,
): void {
  const wanted = Math.max(0, replicas);
  if (set.spec.replicas === wanted) return;
  const direction = wanted > set.spec.replicas ? 'up' : 'down';
  const message = `Scaled ${direction} replica set ${set.metadata.name} from ${set.spec.replicas} to ${wanted}`;
  client.update(set, draft => {
    draft.spec.replicas = wanted;
    draft.metadata.annotations = {
      ...draft.metadata.annotations,
      ...sizeAnnotations(deployment),
    };
  });
  recordEvent(
    client,
    deployment,
    { component: 'deployment-controller' },
    { type: 'Normal', reason: 'ScalingReplicaSet', message },
  );
}

function dropHistory(
  client: ClusterClient,
  deployment: Deployment,
  old: readonly ReplicaSet[],
): void {
  const idle = old.filter(
    ({ spec, status }) => spec.replicas === 0 && status.replicas === 0,
  );
  const excess = old.length - deployment.spec.revisionHistoryLimit;
  idle.slice(0, Math.max(0, excess)).forEach(set => client.delete(set));
}

function writeStatus(
  client: ClusterClient,
  { namespace, name }: { namespace: string; name: string },
  isNew: boolean,
): number | undefined {
  const deployment = client.get<Deployment>('Deployment', namespace, name);
  if (deployment === undefined) return undefined;
  const all = ownSets(client, deployment);
  const fresh = all.find(set => isOfTemplate(set, deployment.spec.template));
  const status = deploymentStatus(
    deployment,
    { fresh, all, isNew },
    client.now(),
  );
  const terminating = client
    .list<Pod>('Pod', namespace)
    .filter(
      pod =>
        !isPodActive(pod) &&
        pod.metadata.deletionTimestamp !== undefined &&
        all.some(set => isControlledBy(pod, set)),
    );
  const written = client.updateStatus(deployment, {
    ...status,
    terminatingReplicas: terminating.length,
  });
  const deadline = deadlineOf(written);
  return deadline === undefined
    ? undefined
    : Math.max(100, deadline - client.now().getTime() + 100);
}

function revisionOf({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

const HASH_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

function templateHash(template: PodTemplate): string {
  const digits = String(hashText(canonicalText(template)));
  return [...digits]
    .map(digit => HASH_ALPHABET[digit.charCodeAt(0) % HASH_ALPHABET.length])
    .join('');
}
