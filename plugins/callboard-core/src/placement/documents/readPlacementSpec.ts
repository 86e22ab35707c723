import type {
  ClusterPredicate,
  PlacementSpec,
  PrioritizerConfig,
  SpreadConstraint,
  Toleration,
} from '@callboard/plugin-callboard-common';
import {
  fieldsOf,
  isFields,
  listOf,
  numberOf,
  numberOrTextOf,
  textOf,
  textsOf,
} from './readFields';
import { readLabelSelector, readRequirements } from './readSelectors';

/** Reads the spec of a Placement, ours or Open Cluster Management's: their fields are the same. */
export function readPlacementSpec(value: unknown): PlacementSpec {
  const spec = fieldsOf(value);
  const numberOfClusters = numberOf(spec.numberOfClusters);
  return {
    clusterSets: textsOf(spec.clusterSets),
    ...(numberOfClusters !== undefined && { numberOfClusters }),
    predicates: listOf(spec.predicates).map(readPredicate),
    tolerations: listOf(spec.tolerations).map(readToleration),
    ...(isFields(spec.spreadPolicy) && {
      spreadPolicy: {
        spreadConstraints: listOf(spec.spreadPolicy.spreadConstraints).map(
          readSpread,
        ),
      },
    }),
    ...(isFields(spec.prioritizerPolicy) && {
      prioritizerPolicy: {
        mode: textOf(spec.prioritizerPolicy.mode) as 'Additive' | undefined,
        configurations: listOf(spec.prioritizerPolicy.configurations).map(
          readPrioritizer,
        ),
      },
    }),
    ...readDecisionStrategy(spec.decisionStrategy),
  };
}

function readPredicate(value: unknown): ClusterPredicate {
  const { labelSelector, claimSelector, celSelector } = fieldsOf(
    fieldsOf(value).requiredClusterSelector,
  );
  return {
    requiredClusterSelector: {
      labelSelector: readLabelSelector(labelSelector),
      claimSelector: {
        matchExpressions: readRequirements(
          fieldsOf(claimSelector).matchExpressions,
        ),
      },
      celSelector: {
        celExpressions: textsOf(fieldsOf(celSelector).celExpressions),
      },
    },
  };
}

export function readToleration(item: unknown): Toleration {
  const { key, operator, value, effect, tolerationSeconds } = fieldsOf(item);
  return {
    key: textOf(key),
    operator: textOf(operator) as Toleration['operator'],
    value: textOf(value),
    effect: textOf(effect) as Toleration['effect'],
    tolerationSeconds: numberOf(tolerationSeconds),
  };
}

function readSpread(value: unknown): SpreadConstraint {
  const { topologyKey, topologyKeyType, maxSkew, whenUnsatisfiable } =
    fieldsOf(value);
  return {
    topologyKey: textOf(topologyKey) ?? '',
    topologyKeyType: topologyKeyType === 'Claim' ? 'Claim' : 'Label',
    maxSkew: numberOf(maxSkew),
    whenUnsatisfiable: textOf(
      whenUnsatisfiable,
    ) as SpreadConstraint['whenUnsatisfiable'],
  };
}

/** Keeps invalid values: the missing parts decide whether the prioritizer is refused. */
function readPrioritizer(value: unknown): PrioritizerConfig {
  const { scoreCoordinate, weight } = fieldsOf(value);
  const { type, builtIn, addOn } = fieldsOf(scoreCoordinate);
  const { resourceName, scoreName } = fieldsOf(addOn);
  const coordinate = {
    type: textOf(type) as 'BuiltIn' | undefined,
    builtIn: textOf(builtIn),
    ...(isFields(addOn) && {
      addOn: {
        resourceName: textOf(resourceName) ?? '',
        scoreName: textOf(scoreName) ?? '',
      },
    }),
  };
  return {
    scoreCoordinate: isFields(scoreCoordinate)
      ? coordinate
      : (undefined as unknown as PrioritizerConfig['scoreCoordinate']),
    weight: numberOf(weight),
  };
}

function readDecisionStrategy(
  value: unknown,
): Pick<PlacementSpec, 'decisionStrategy'> {
  const { groupStrategy } = fieldsOf(value);
  if (!isFields(groupStrategy)) return {};
  const decisionGroups = listOf(groupStrategy.decisionGroups).map(item => {
    const { groupName, groupClusterSelector } = fieldsOf(item);
    const { labelSelector, claimSelector } = fieldsOf(groupClusterSelector);
    return {
      groupName: textOf(groupName) ?? '',
      groupClusterSelector: {
        labelSelector: readLabelSelector(labelSelector),
        claimSelector: {
          matchExpressions: readRequirements(
            fieldsOf(claimSelector).matchExpressions,
          ),
        },
      },
    };
  });
  return {
    decisionStrategy: {
      groupStrategy: {
        decisionGroups,
        clustersPerDecisionGroup: numberOrTextOf(
          groupStrategy.clustersPerDecisionGroup,
        ),
      },
    },
  };
}
