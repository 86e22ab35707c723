import {
  fieldsOf,
  isFields,
  listOf,
  numberOf,
  readLabelSelector,
  readRequirements,
  readToleration,
  textOf,
  textsOf,
} from '../documents';
import type {
  ClusterAffinity,
  Division,
  KarmadaPlacement,
  KarmadaSpread,
} from './types';

/** Reads the placement of a PropagationPolicy, with the defaults of Karmada's CRDs and webhooks. */
export function readKarmadaPolicy(spec: unknown): KarmadaPlacement {
  const placement = fieldsOf(fieldsOf(spec).placement);
  const affinities = isFields(placement.clusterAffinity)
    ? [placement.clusterAffinity]
    : listOf(placement.clusterAffinities);
  return {
    affinities: affinities.map(readAffinity),
    tolerations: listOf(placement.clusterTolerations).map(readToleration),
    spread: listOf(placement.spreadConstraints).map(readSpread),
    division: readDivision(placement.replicaScheduling),
  };
}

function readAffinity(value: unknown): ClusterAffinity {
  const affinity = fieldsOf(value);
  const affinityName = textOf(affinity.affinityName);
  return {
    ...(affinityName !== undefined && { affinityName }),
    ...(isFields(affinity.labelSelector) && {
      labelSelector: readLabelSelector(affinity.labelSelector),
    }),
    ...(isFields(affinity.fieldSelector) && {
      fieldSelector: readRequirements(
        affinity.fieldSelector.matchExpressions,
      ).map(({ key, operator, values = [] }) => ({ key, operator, values })),
    }),
    clusterNames: textsOf(affinity.clusterNames),
    exclude: textsOf(affinity.exclude),
  };
}

/**
 * Without field and label it is spread over clusters. Omitted `minGroups` is 1;
 * omitted `maxGroups` is 0, with which nothing fits.
 */
function readSpread(value: unknown): KarmadaSpread {
  const { spreadByField, spreadByLabel, minGroups, maxGroups } =
    fieldsOf(value);
  return {
    field: textOf(spreadByField) || (textOf(spreadByLabel) ? '' : 'cluster'),
    minGroups: numberOf(minGroups) || 1,
    maxGroups: numberOf(maxGroups) ?? 0,
  };
}

/** Reads how replicas are divided; omitted fields have Karmada's default. */
export function readDivision(value: unknown): Division {
  if (!isFields(value) || value.replicaSchedulingType === 'Duplicated')
    return { kind: 'duplicated' };
  if (value.replicaDivisionPreference === 'Aggregated')
    return { kind: 'aggregated' };
  if (!isFields(value.weightPreference)) return { kind: 'static' };
  const { dynamicWeight, staticWeightList } = value.weightPreference;
  if (textOf(dynamicWeight)) return { kind: 'dynamic' };
  const weights = listOf(staticWeightList).map(item => {
    const { targetCluster, weight } = fieldsOf(item);
    return {
      target: readAffinity(targetCluster),
      weight: numberOf(weight) ?? 0,
    };
  });
  return { kind: 'static', weights };
}
