import type { PlacementReason } from '@callboard/plugin-callboard-common';
import { listMismatches } from './matchesAffinity';
import type {
  ClusterAffinity,
  KarmadaCluster,
  KarmadaInput,
  KarmadaTaint,
  KarmadaToleration,
} from './types';

const DELETING: PlacementReason = { rule: 'not-deleting', facts: {} };

/**
 * Returns why the cluster cannot take the workload; empty when it can. All
 * reasons, though the engine stops at the first.
 *
 * Source: karmada-io/karmada pkg/scheduler/framework/plugins (1.16). A cluster
 * that already holds the workload is not checked for its APIs and taints.
 */
export function filterCluster(
  cluster: KarmadaCluster,
  affinity: ClusterAffinity | undefined,
  { placement, workload, previous }: KarmadaInput,
): PlacementReason[] {
  const isHeld = previous.some(({ name }) => name === cluster.name);
  return [
    ...(cluster.deleting ? [DELETING] : []),
    ...(affinity ? affinityReasons(cluster, affinity) : []),
    ...(isHeld ? [] : apiReasons(cluster, workload)),
    ...(isHeld ? [] : taintReasons(cluster, placement.tolerations)),
    ...placement.spread.flatMap(({ field }) => fieldReasons(cluster, field)),
  ];
}

function affinityReasons(
  cluster: KarmadaCluster,
  affinity: ClusterAffinity,
): PlacementReason[] {
  return listMismatches(cluster, affinity).map(part => ({
    rule: 'matches-affinity',
    facts: {
      part,
      ...(affinity.affinityName && { affinity: affinity.affinityName }),
    },
  }));
}

function apiReasons(
  { apis }: KarmadaCluster,
  { apiVersion, kind }: KarmadaInput['workload'],
): PlacementReason[] {
  if (
    apiVersion === undefined ||
    kind === undefined ||
    apis.has(`${apiVersion} ${kind}`)
  )
    return [];
  return [{ rule: 'serves-api', facts: { apiVersion, kind } }];
}

function taintReasons(
  { taints }: KarmadaCluster,
  tolerations: readonly KarmadaToleration[],
): PlacementReason[] {
  return taints
    .filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
    .filter(
      taint => !tolerations.some(toleration => tolerates(toleration, taint)),
    )
    .map(
      ({ key, value = '', effect }): PlacementReason => ({
        rule: 'tolerates-taints',
        facts: { key, value, effect },
      }),
    );
}

/** Source: k8s.io/component-helpers scheduling/corev1. `tolerationSeconds` does not matter for new workloads. */
function tolerates(
  { key, operator, value, effect }: KarmadaToleration,
  taint: KarmadaTaint,
): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  switch (operator || 'Equal') {
    case 'Exists':
      return true;
    case 'Equal':
      return (value ?? '') === (taint.value ?? '');
    default:
      return false;
  }
}

/** Spreading over regions, zones or providers requires a cluster with that field. */
function fieldReasons(
  cluster: KarmadaCluster,
  field: string,
): PlacementReason[] {
  const isKnown: Record<string, boolean> = {
    provider: Boolean(cluster.provider),
    region: Boolean(cluster.region),
    zone: cluster.zones.length > 0,
  };
  return isKnown[field] === false
    ? [{ rule: 'has-field', facts: { field } }]
    : [];
}
