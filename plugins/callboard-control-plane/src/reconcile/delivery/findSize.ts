import type { DeploymentRecord } from '../../store';
import type { ReconcileContext } from '../ReconcileContext';
import { findAwaited } from './findAwaited';

/** How many copies a cluster holds now, of those that are divided. */
export interface DeliverySize {
  /** Undefined where they are not divided. */
  replicas?: number;
  /** Clusters that must run their share before this one holds fewer. */
  awaits: string[];
}

/**
 * How many copies a cluster is to hold: as many as it was given, and more for
 * as long as those that go elsewhere do not run there yet. Copies that move are
 * never taken down before they run where they go.
 */
export async function findSize(
  deployment: Pick<DeploymentRecord, 'key' | 'state'>,
  context: Pick<ReconcileContext, 'deps' | 'fleet'>,
): Promise<DeliverySize> {
  const { key, state } = deployment;
  const { desiredReplicas: wanted } = state;
  const inPlace = copiesInPlace(state);
  if (key.kind !== 'app' || wanted === undefined || inPlace <= wanted)
    return { replicas: wanted, awaits: [] };
  const awaits = await findAwaited(deployment, context);
  return { replicas: awaits.length > 0 ? inPlace : wanted, awaits };
}

/** Of each workload, as last applied. */
function copiesInPlace({
  instances,
  parts,
  appliedFingerprint,
}: DeploymentRecord['state']): number {
  const workloads = parts.filter(({ resource }) => resource === undefined);
  return appliedFingerprint === undefined || workloads.length === 0
    ? 0
    : Math.round(instances.wanted / workloads.length);
}
