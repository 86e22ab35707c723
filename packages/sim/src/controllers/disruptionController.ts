import { equalJson } from '../json';
import type {
  Condition,
  Deployment,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
} from '../kinds';
import { isPodActive, isPodReady } from '../kinds';
import { matchSelector } from '../selectors';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';
import { controllerOf } from './owners';

/** Counts, for each budget, the healthy pods and the allowed disruptions. It evicts no pods. */
export function disruptionController(client: ClusterClient): Controller {
  const [budgets, pods] = [storageOf('PodDisruptionBudget'), storageOf('Pod')];
  return {
    name: 'disruption',
    keysOf({ storage, object }) {
      if (storage === budgets) return [keyOf(object.metadata)];
      if (storage !== pods) return [];
      return client
        .list<PodDisruptionBudget>(
          'PodDisruptionBudget',
          object.metadata.namespace,
        )
        .map(({ metadata }) => keyOf(metadata));
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const budget = client.get<PodDisruptionBudget>(
        'PodDisruptionBudget',
        namespace,
        name,
      );
      if (
        budget === undefined ||
        budget.metadata.deletionTimestamp !== undefined
      )
        return undefined;
      const status = statusOf(client, budget);
      if (!equalJson(status, budget.status))
        client.updateStatus(budget, status);
      return undefined;
    },
  };
}

type Status = NonNullable<PodDisruptionBudget['status']>;

function statusOf(
  client: ClusterClient,
  { metadata, spec, status }: PodDisruptionBudget,
): Status {
  const matches = matchSelector(spec.selector);
  const pods = client
    .list<Pod>('Pod', metadata.namespace)
    .filter(pod => matches(pod.metadata.labels ?? {}) && isPodActive(pod));
  const currentHealthy = pods.filter(isPodReady).length;
  const expectedPods = countExpected(client, pods);
  const desiredHealthy =
    spec.maxUnavailable === undefined
      ? scaled(spec.minAvailable ?? 1, expectedPods)
      : Math.max(0, expectedPods - scaled(spec.maxUnavailable, expectedPods));
  const disruptionsAllowed =
    expectedPods === 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  return {
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed,
    expectedPods,
    observedGeneration: metadata.generation,
    conditions: [
      conditionOf(disruptionsAllowed > 0, status?.conditions, {
        observedGeneration: metadata.generation,
        now: client.timestamp(),
      }),
    ],
  };
}

/** Returns the replicas that the pods' owners specify; each owner counts once. */
function countExpected(client: ClusterClient, pods: readonly Pod[]): number {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const { namespace } = pod.metadata;
    const owner = controllerOf(pod);
    if (owner?.kind !== 'ReplicaSet') continue;
    const set = client.get<ReplicaSet>('ReplicaSet', namespace, owner.name);
    const above = set && controllerOf(set);
    const deployment =
      above?.kind === 'Deployment'
        ? client.get<Deployment>('Deployment', namespace, above.name)
        : undefined;
    if (deployment)
      scales.set(deployment.metadata.uid ?? '', deployment.spec.replicas);
    else if (set) scales.set(set.metadata.uid ?? '', set.spec.replicas);
  }
  return [...scales.values()].reduce((sum, each) => sum + each, 0);
}

function scaled(amount: number | string, of: number): number {
  return typeof amount === 'number'
    ? amount
    : Math.ceil((parseInt(amount, 10) / 100) * of);
}

function conditionOf(
  isAllowed: boolean,
  before: readonly Condition[] | undefined,
  { observedGeneration, now }: { observedGeneration?: number; now: string },
): Condition {
  const status = isAllowed ? 'True' : 'False';
  const last = before?.find(({ type }) => type === 'DisruptionAllowed');
  return {
    type: 'DisruptionAllowed',
    status,
    reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration,
    lastTransitionTime: last?.status === status ? last.lastTransitionTime : now,
  };
}
