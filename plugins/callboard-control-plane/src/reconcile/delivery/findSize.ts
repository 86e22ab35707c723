import type { DeploymentRecord } from '../../store';
import { STOPPED_REPLICAS } from '../placing/sizesOf';
import type { FleetReader } from '../roles';
import { findAwaited } from './findAwaited';

/** How many replicas a cluster holds now, of those that are divided. */
export interface DeliverySize {
  /** Undefined where they are not divided. */
  replicas?: number;
  /** Clusters that must run their share before this one holds fewer. */
  awaits: string[];
}

/**
 * How many replicas a cluster is to hold: as many as it was given, and more for
 * as long as those that go elsewhere do not run there yet. Replicas that move are
 * never taken down before they run where they go.
 */
export async function findSize(
  deployment: Pick<DeploymentRecord, 'key' | 'state'>,
  context: FleetReader,
): Promise<DeliverySize> {
  const { key, state } = deployment;
  const { desiredReplicas: wanted } = state;
  const inPlace = replicasInPlace(state);
  const isStopped = wanted === STOPPED_REPLICAS; // nobody takes over what is stopped
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
 * Of the workload that has most, as last applied. What has one per node, one
 * per run or as many as the load asks for is not divided, and counts for nothing.
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
  // A record of an earlier version does not say it of each.
  const onAverage = Math.round(instances.wanted / workloads.length);
  return Math.max(...workloads.map(({ replicas }) => replicas ?? onAverage));
}
