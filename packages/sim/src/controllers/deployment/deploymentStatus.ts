import { timestamp } from '../../clock';
import type {
  Condition,
  Deployment,
  DeploymentStatus,
  ReplicaSet,
} from '../../kinds';
import { boundsOf } from './planRollingUpdate';

type Progress = Pick<Condition, 'status' | 'reason' | 'message'>;

/**
 * Computes a deployment's status from its replica sets.
 *
 * @param fresh - the replica set of the current template, if there is one
 * @remarks Source: kubernetes pkg/controller/deployment/{sync,progress}.go.
 */
export function deploymentStatus(
  deployment: Deployment,
  {
    fresh,
    all,
    isNew,
  }: {
    fresh: ReplicaSet | undefined;
    all: readonly ReplicaSet[];
    isNew: boolean;
  },
  now: Date,
): DeploymentStatus {
  const sum = (count: (status: ReplicaSet['status']) => number | undefined) =>
    all.reduce((total, { status }) => total + (count(status) ?? 0), 0);
  const replicas = sum(status => status.replicas);
  const available = sum(status => status.availableReplicas);
  const counts = {
    replicas,
    updatedReplicas: fresh?.status.replicas ?? 0,
    readyReplicas: sum(status => status.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sumSpec(all) - available),
  };
  const status: DeploymentStatus = {
    observedGeneration: deployment.metadata.generation,
    ...withoutZeros(counts),
    terminatingReplicas: sum(({ terminatingReplicas }) => terminatingReplicas),
  };
  const progress = describeProgress(deployment, { fresh, isNew, counts }, now);
  return {
    ...status,
    conditions: writeConditions(
      deployment,
      [describeAvailability(deployment, available), ...progress],
      now,
    ),
  };
}

interface Counts {
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
}

function sumSpec(sets: readonly ReplicaSet[]): number {
  return sets.reduce((total, { spec }) => total + spec.replicas, 0);
}

function withoutZeros(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter(([, count]) => count !== 0),
  );
}

function describeAvailability(
  deployment: Deployment,
  available: number,
): Condition {
  const isEnough =
    available >= deployment.spec.replicas - boundsOf(deployment).maxUnavailable;
  return isEnough
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

function describeProgress(
  deployment: Deployment,
  {
    fresh,
    isNew,
    counts,
  }: { fresh: ReplicaSet | undefined; isNew: boolean; counts: Counts },
  now: Date,
): Condition[] {
  const before = deployment.status?.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  const keep = before === undefined ? [] : [before];
  if (deployment.spec.paused === true) {
    return [
      {
        type: 'Progressing',
        status: 'Unknown',
        reason: 'DeploymentPaused',
        message: 'Deployment is paused',
      },
    ];
  }
  if (fresh === undefined) return keep;
  const progressing = (progress: Progress): Condition[] => [
    { type: 'Progressing', ...progress },
  ];
  const name = JSON.stringify(fresh.metadata.name);
  if (isNew)
    return progressing({
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set ${name}`,
    });
  if (isComplete(deployment, counts)) {
    return progressing({
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet ${name} has successfully progressed.`,
    });
  }
  if (hasMoved(deployment, counts)) {
    return progressing({
      status: 'True',
      reason: 'ReplicaSetUpdated',
      message: `ReplicaSet ${name} is progressing.`,
    });
  }
  if (before !== undefined && hasTimedOut(deployment, before, now)) {
    return progressing({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet ${name} has timed out progressing.`,
    });
  }
  return keep;
}

function isComplete({ spec }: Deployment, counts: Counts): boolean {
  return (
    counts.updatedReplicas === spec.replicas &&
    counts.replicas === spec.replicas &&
    counts.availableReplicas === spec.replicas
  );
}

function hasMoved({ status, metadata }: Deployment, counts: Counts): boolean {
  const old = (before: number | undefined) => before ?? 0;
  return (
    (status?.observedGeneration !== metadata.generation &&
      counts.updatedReplicas !== old(status?.updatedReplicas)) ||
    counts.updatedReplicas > old(status?.updatedReplicas) ||
    counts.replicas - counts.updatedReplicas <
      old(status?.replicas) - old(status?.updatedReplicas) ||
    counts.readyReplicas > old(status?.readyReplicas) ||
    counts.availableReplicas > old(status?.availableReplicas)
  );
}

/** Returns the deadline of the current rollout; `undefined` when none is in progress. */
export function deadlineOf({ spec, status }: Deployment): number | undefined {
  const progress = status?.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  if (
    progress === undefined ||
    progress.status !== 'True' ||
    progress.reason === 'NewReplicaSetAvailable'
  )
    return undefined;
  return (
    Date.parse(progress.lastUpdateTime ?? '') +
    spec.progressDeadlineSeconds * 1000
  );
}

function hasTimedOut(
  deployment: Deployment,
  before: Condition,
  now: Date,
): boolean {
  if (before.reason === 'ProgressDeadlineExceeded') return true;
  const deadline = deadlineOf(deployment);
  return deadline !== undefined && now.getTime() >= deadline;
}

function writeConditions(
  { status }: Deployment,
  wanted: readonly Condition[],
  now: Date,
): Condition[] {
  return wanted.map(({ type, status: state, reason, message }) => {
    const before = status?.conditions?.find(
      condition => condition.type === type,
    );
    const isSame =
      before?.status === state &&
      before.reason === reason &&
      before.message === message &&
      reason !== 'ReplicaSetUpdated';
    if (before !== undefined && isSame) return before;
    const isSameState = before?.status === state;
    return {
      lastTransitionTime: isSameState
        ? before?.lastTransitionTime
        : timestamp(now),
      lastUpdateTime: timestamp(now),
      message,
      reason,
      status: state,
      type,
    };
  });
}
