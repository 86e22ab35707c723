import type {
  ClusterFacts,
  PlacementChange,
  PlacementRemedy,
  PlacementSpec,
  Requirements,
} from '@callboard/plugin-callboard-common';

/** Input of a change: one cluster and the rule by which it is judged. */
export interface Changeable {
  cluster: ClusterFacts;
  spec: PlacementSpec;
  requires?: Requirements;
}

/**
 * Returns the input after one change of a remedy (without its `and`). Never
 * mutates; an unknown change leaves the input as it is.
 */
export function applyChange(
  given: Changeable,
  change: PlacementChange,
): Changeable {
  const { cluster, spec } = given;
  switch (change.rule) {
    case 'set-label':
      return withCluster(given, {
        labels: { ...cluster.labels, [change.facts.key]: change.facts.value },
      });
    case 'remove-label':
      return withCluster(given, {
        labels: without(cluster.labels, change.facts.key),
      });
    case 'set-claim':
      return withCluster(given, {
        claims: { ...cluster.claims, [change.facts.key]: change.facts.value },
      });
    case 'remove-claim':
      return withCluster(given, {
        claims: without(cluster.claims, change.facts.key),
      });
    case 'join-cluster-set':
      return withCluster(given, {
        clusterSet: change.facts.set,
        clusterSets: undefined,
      });
    case 'uncordon':
      return withCluster(given, { cordoned: false });
    case 'stop-draining':
      return withCluster(given, { draining: false });
    case 'free-capacity':
      return withCluster(given, {
        free: { ...cluster.free, ...change.facts },
      });
    case 'add-node': {
      const { largestNode } = cluster.capacity ?? {};
      return withCluster(given, {
        capacity: {
          ...cluster.capacity,
          largestNode: { ...largestNode, ...change.facts },
        },
      });
    }
    case 'reconnect':
      return withCluster(given, { freshness: 'live' });
    case 'run-blueprint':
      return withCluster(given, {
        blueprint: {
          name: change.facts.blueprint,
          version: 1,
          state: 'active',
          inherits: [],
        },
      });
    case 'keep-guard-rails':
      return cluster.blueprint
        ? withCluster(given, { blueprint: { ...cluster.blueprint, apps: {} } })
        : given;
    case 'require-blueprint':
      return {
        ...given,
        requires: { ...given.requires, blueprint: change.facts.blueprint },
      };
    case 'tolerate': {
      const toleration = { key: change.facts.key, operator: 'Exists' as const };
      return {
        ...given,
        spec: {
          ...spec,
          tolerations: [...(spec.tolerations ?? []), toleration],
        },
      };
    }
    case 'drop-expression':
      return {
        ...given,
        spec: withoutExpression(
          spec,
          change.facts.expression,
          change.facts.predicate - 1,
        ),
      };
    case 'raise-max-skew':
      return {
        ...given,
        spec: withMaxSkew(spec, change.facts.topologyKey, change.facts.maxSkew),
      };
    default:
      return given;
  }
}

/** Returns a remedy as its single changes. */
export function listChanges(remedy: PlacementRemedy): PlacementChange[] {
  const { and = [], ...first } = remedy;
  return [first, ...and];
}

/** Joins single changes to one remedy; undefined for none. */
export function joinChanges(
  changes: readonly PlacementChange[],
): PlacementRemedy | undefined {
  const [first, ...rest] = changes;
  if (first === undefined) return undefined;
  return rest.length === 0 ? first : { ...first, and: rest };
}

function withCluster(
  given: Changeable,
  change: Partial<ClusterFacts>,
): Changeable {
  return { ...given, cluster: { ...given.cluster, ...change } };
}

function without(
  values: Record<string, string>,
  key: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => name !== key),
  );
}

function withMaxSkew(
  spec: PlacementSpec,
  topologyKey: string,
  maxSkew: number,
): PlacementSpec {
  const spreadConstraints = (spec.spreadPolicy?.spreadConstraints ?? []).map(
    constraint =>
      constraint.topologyKey === topologyKey
        ? { ...constraint, maxSkew }
        : constraint,
  );
  return { ...spec, spreadPolicy: { ...spec.spreadPolicy, spreadConstraints } };
}

function withoutExpression(
  spec: PlacementSpec,
  expression: string,
  index: number,
): PlacementSpec {
  const predicates = (spec.predicates ?? []).map((predicate, at) => {
    const selector = predicate.requiredClusterSelector;
    if (at !== index || selector === undefined) return predicate;
    const celExpressions = (selector.celSelector?.celExpressions ?? []).filter(
      candidate => candidate !== expression,
    );
    return {
      requiredClusterSelector: { ...selector, celSelector: { celExpressions } },
    };
  });
  return { ...spec, predicates };
}
