import type { Deployment, ReplicaSet } from '../../kinds';

export interface Bounds {
  maxSurge: number;
  maxUnavailable: number;
}

/** Resolves percentages: surge rounds up, unavailable down; when both are zero, one may be unavailable. */
export function boundsOf({ spec }: Deployment): Bounds {
  if (spec.strategy.type !== 'RollingUpdate')
    return { maxSurge: 0, maxUnavailable: 0 };
  const maxSurge = resolve(
    spec.strategy.rollingUpdate?.maxSurge ?? '25%',
    spec.replicas,
    Math.ceil,
  );
  const maxUnavailable = resolve(
    spec.strategy.rollingUpdate?.maxUnavailable ?? '25%',
    spec.replicas,
    Math.floor,
  );
  return maxSurge === 0 && maxUnavailable === 0
    ? { maxSurge, maxUnavailable: 1 }
    : { maxSurge, maxUnavailable };
}

function resolve(
  value: number | string,
  total: number,
  round: (value: number) => number,
): number {
  return typeof value === 'number'
    ? value
    : round((parseFloat(value) / 100) * total);
}

export interface ScaleStep {
  set: ReplicaSet;
  replicas: number;
}

/**
 * Returns the number of replicas to which the new replica set may grow now.
 * Source: kubernetes pkg/controller/deployment/util NewRSNewReplicas.
 */
export function planGrowth(
  deployment: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
): ScaleStep | undefined {
  const wanted = deployment.spec.replicas;
  if (fresh.spec.replicas === wanted) return undefined;
  if (fresh.spec.replicas > wanted) return { set: fresh, replicas: wanted };
  const total = [fresh, ...old].reduce(
    (sum, { spec }) => sum + spec.replicas,
    0,
  );
  const surge = wanted + boundsOf(deployment).maxSurge - total;
  if (surge <= 0) return undefined;
  return {
    set: fresh,
    replicas:
      fresh.spec.replicas + Math.min(surge, wanted - fresh.spec.replicas),
  };
}

/** Returns the old replica sets that may shrink now: unhealthy replicas first, then as far as availability allows. */
export function planShrinking(
  deployment: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
): ScaleStep[] {
  const minAvailable =
    deployment.spec.replicas - boundsOf(deployment).maxUnavailable;
  const available = (set: ReplicaSet) => set.status.availableReplicas ?? 0;
  const total = [fresh, ...old].reduce(
    (sum, { spec }) => sum + spec.replicas,
    0,
  );
  let spare = total - minAvailable - (fresh.spec.replicas - available(fresh));
  if (spare <= 0) return [];
  const replicas = new Map(old.map(set => [set, set.spec.replicas]));
  for (const set of old) {
    const sick = Math.max(
      0,
      Math.min(spare, set.spec.replicas - available(set)),
    );
    replicas.set(set, set.spec.replicas - sick);
    spare -= sick;
  }
  let excess =
    [fresh, ...old].reduce((sum, set) => sum + available(set), 0) -
    minAvailable;
  for (const set of old) {
    const left = replicas.get(set) ?? 0;
    const fewer = Math.max(0, Math.min(left, excess));
    replicas.set(set, left - fewer);
    excess -= fewer;
  }
  return old
    .filter(set => replicas.get(set) !== set.spec.replicas)
    .map(set => ({ set, replicas: replicas.get(set) ?? 0 }));
}
