import type { DeploymentRecord } from '../../store';
import { STOPPED_REPLICAS } from '../placing/sizesOf';
import type { FleetReader } from '../roles';
import { findAwaited } from './findAwaited';

/** Number of replicas that a cluster holds now, where replicas are divided. */
export interface DeliverySize {
  /** Undefined where replicas are not divided. */
  replicas?: number;
  /** Clusters that must run their share before this one holds fewer. */
  awaits: string[];
}

/**
 * Returns how many replicas a cluster is to hold: its share, and more as long
 * as those that move elsewhere do not run there yet. Replicas that move are
 * never taken down before they run at their destination.
 */
export async function findSize(
  deployment: Pick<DeploymentRecord, 'key' | 'state'>,
  context: FleetReader,
): Promise<DeliverySize> {
  const { key, state } = deployment;
  const { desiredReplicas: wanted } = state;
  const inPlace = replicasInPlace(state);
  const isStopped = wanted === STOPPED_REPLICAS; // no cluster takes over what is stopped
  if (
    key.kind !== 'app' ||
    wanted === undefined ||
    inPlace <= wanted ||
    isStopped
  )
    return { replicas: wanted, awaits: [] };
  const awaits = await findAwaited(deployment, context);
  return { replicas: awaits.length > 0 ? inPlace : wanted, awaits };
}

/**
 * Returns the replicas of the largest workload, as last applied. A workload
 * with one per node, one per run or autoscaling is not divided, and does not
 * count.
 */
export function replicasInPlace({
  instances,
  parts,
  appliedFingerprint,
}: Pick<
  DeploymentRecord['state'],
  'instances' | 'parts' | 'appliedFingerprint'
>): number {
  const workloads = parts.filter(({ resource }) => resource === undefined);
  if (appliedFingerprint === undefined || workloads.length === 0) return 0;
  // A record of an earlier version does not list the workloads separately.
  const onAverage = Math.round(instances.wanted / workloads.length);
  return Math.max(...workloads.map(({ replicas }) => replicas ?? onAverage));
}
