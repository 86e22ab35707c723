import { isLabelValue, matchesSelector, validateSelector } from '../selectors';
import type {
  ClusterAffinity,
  FieldRequirement,
  KarmadaCluster,
} from './types';

/** Parts of an affinity that a cluster can fail. */
export type AffinityPart = 'excluded' | 'labels' | 'fields' | 'names';

/**
 * Returns which parts of the affinity the cluster fails; none when it matches.
 * A selector that Kubernetes would refuse matches nothing.
 *
 * Source: karmada-io/karmada pkg/util/selector.go (1.16).
 */
export function listMismatches(
  cluster: KarmadaCluster,
  affinity: ClusterAffinity,
): AffinityPart[] {
  const { labelSelector, fieldSelector, clusterNames, exclude } = affinity;
  const parts: AffinityPart[] = [];
  if (exclude.includes(cluster.name)) parts.push('excluded');
  if (
    labelSelector &&
    !(
      validateSelector(labelSelector) === undefined &&
      matchesSelector(labelSelector, cluster.labels)
    )
  ) {
    parts.push('labels');
  }
  if (
    fieldSelector &&
    !fieldSelector.every(requirement => matchesField(cluster, requirement))
  ) {
    parts.push('fields');
  }
  if (clusterNames.length > 0 && !clusterNames.includes(cluster.name))
    parts.push('names');
  return parts;
}

function matchesField(
  cluster: KarmadaCluster,
  requirement: FieldRequirement,
): boolean {
  if (requirement.key === 'zone')
    return matchesZones(cluster.zones, requirement);
  const { key, operator, values } = requirement;
  if (!values.every(isLabelValue)) return false;
  const actual =
    key === 'provider' || key === 'region' ? cluster[key] : undefined;
  switch (operator) {
    case 'In':
      return actual !== undefined && values.includes(actual);
    case 'NotIn':
      return (
        values.length > 0 && (actual === undefined || !values.includes(actual))
      );
    case 'Exists':
      return values.length === 0 && actual !== undefined;
    case 'DoesNotExist':
      return values.length === 0 && actual === undefined;
    case 'Gt':
      return compareWhole(actual, values, (a, b) => a > b);
    case 'Lt':
      return compareWhole(actual, values, (a, b) => a < b);
    default:
      return false;
  }
}

/** A cluster over several zones is in a set of zones only if all its zones are. */
function matchesZones(
  zones: readonly string[],
  { operator, values }: FieldRequirement,
): boolean {
  switch (operator) {
    case 'In':
      return zones.length > 0 && zones.every(zone => values.includes(zone));
    case 'NotIn':
      return !zones.some(zone => values.includes(zone));
    case 'Exists':
      return zones.length > 0;
    case 'DoesNotExist':
      return zones.length === 0;
    default:
      return false;
  }
}

function compareWhole(
  actual: string | undefined,
  values: readonly string[],
  holds: (a: number, b: number) => boolean,
): boolean {
  const isWhole = (text: string | undefined): text is string =>
    text !== undefined && /^-?\d+$/.test(text);
  return (
    values.length === 1 &&
    isWhole(actual) &&
    isWhole(values[0]) &&
    holds(Number(actual), Number(values[0]))
  );
}
