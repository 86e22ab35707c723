import { equalJson } from '../json';
import type {
  Condition,
  Deployment,
  HorizontalPodAutoscaler,
  StatefulSet,
} from '../kinds';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';

const SYNC_MS = 15_000; // as often as a real controller syncs
const TARGETS = ['Deployment', 'StatefulSet'] as const;

/** Keeps the target of an autoscaler between its minimum and maximum of replicas. It does not measure load. */
export function autoscalerController(client: ClusterClient): Controller {
  const autoscalers = storageOf('HorizontalPodAutoscaler');
  return {
    name: 'autoscaler',
    keysOf: ({ storage, object }) =>
      storage === autoscalers ? [keyOf(object.metadata)] : [],
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const autoscaler = client.get<HorizontalPodAutoscaler>(
        'HorizontalPodAutoscaler',
        namespace,
        name,
      );
      if (
        autoscaler === undefined ||
        autoscaler.metadata.deletionTimestamp !== undefined
      )
        return undefined;
      const status = scale(client, autoscaler);
      if (!equalJson(status, autoscaler.status))
        client.updateStatus(autoscaler, status);
      return SYNC_MS;
    },
  };
}

type Status = NonNullable<HorizontalPodAutoscaler['status']>;

function scale(
  client: ClusterClient,
  { metadata, spec, status }: HorizontalPodAutoscaler,
): Status {
  const { kind, name } = spec.scaleTargetRef;
  const known = TARGETS.find(each => each === kind);
  const target =
    known &&
    client.get<Deployment | StatefulSet>(known, metadata.namespace, name);
  const before = status?.conditions;
  if (!target)
    return {
      currentReplicas: 0,
      desiredReplicas: 0,
      conditions: [conditionOf('False', 'FailedGetScale', { before, client })],
    };
  const { replicas } = target.spec;
  const wanted = Math.min(
    Math.max(replicas, spec.minReplicas ?? 1),
    spec.maxReplicas,
  );
  // Zero replicas on the target disable an autoscaler.
  const isResting = replicas === 0;
  if (!isResting && wanted !== replicas)
    client.update(
      target,
      draft => {
        draft.spec.replicas = wanted;
      },
      'scale',
    );
  return {
    currentReplicas: replicas,
    desiredReplicas: isResting ? 0 : wanted,
    conditions: [conditionOf('True', 'ReadyForNewScale', { before, client })],
  };
}

function conditionOf(
  status: 'True' | 'False',
  reason: string,
  {
    before,
    client,
  }: { before: readonly Condition[] | undefined; client: ClusterClient },
): Condition {
  const last = before?.find(({ type }) => type === 'AbleToScale');
  return {
    type: 'AbleToScale',
    status,
    reason,
    message: '',
    lastTransitionTime:
      last?.status === status ? last.lastTransitionTime : client.timestamp(),
  };
}
