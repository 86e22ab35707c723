import type {
  ClusterFacts,
  PlacementReason,
  PlacementSpec,
  Requirements,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';

/** What a change works on: one cluster and the rule it is judged by. */
export interface Changeable {
  cluster: ClusterFacts;
  spec: PlacementSpec;
  requires?: Requirements;
}

/**
 * The same question after one change of a remedy (its `and` aside). Never
 * mutates; a change it does not know leaves the question as it is.
 */
export function applyChange(
  given: Changeable,
  change: PlacementReason,
): Changeable {
  const { cluster, spec } = given;
  const text = (fact: string) => String(change.facts[fact]);
  switch (change.rule) {
    case 'set-label':
      return withCluster(given, {
        labels: { ...cluster.labels, [text('key')]: text('value') },
      });
    case 'remove-label':
      return withCluster(given, {
        labels: without(cluster.labels, text('key')),
      });
    case 'set-claim':
      return withCluster(given, {
        claims: { ...cluster.claims, [text('key')]: text('value') },
      });
    case 'remove-claim':
      return withCluster(given, {
        claims: without(cluster.claims, text('key')),
      });
    case 'join-cluster-set':
      return withCluster(given, {
        clusterSet: text('set'),
        clusterSets: undefined,
      });
    case 'uncordon':
      return withCluster(given, { cordoned: false });
    case 'stop-draining':
      return withCluster(given, { draining: false });
    case 'free-room':
      return withCluster(given, {
        free: { ...cluster.free, ...amountsIn(change) },
      });
    case 'add-node': {
      const { largestNode } = cluster.capacity ?? {};
      return withCluster(given, {
        capacity: {
          ...cluster.capacity,
          largestNode: { ...largestNode, ...amountsIn(change) },
        },
      });
    }
    case 'reconnect':
      return withCluster(given, { freshness: 'live' });
    case 'run-blueprint':
      return withCluster(given, {
        blueprint: {
          name: text('blueprint'),
          version: 1,
          state: 'active',
          inherits: [],
        },
      });
    case 'require-blueprint':
      return {
        ...given,
        requires: { ...given.requires, blueprint: text('blueprint') },
      };
    case 'tolerate': {
      const toleration = { key: text('key'), operator: 'Exists' as const };
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
          text('expression'),
          Number(change.facts.predicate) - 1,
        ),
      };
    case 'raise-max-skew':
      return {
        ...given,
        spec: withMaxSkew(
          spec,
          text('topologyKey'),
          Number(change.facts.maxSkew),
        ),
      };
    default:
      return given;
  }
}

/** A remedy as its single changes. */
export function listChanges(remedy: PlacementReason): PlacementReason[] {
  const { and = [], ...first } = remedy;
  return [first, ...and];
}

/** Single changes as one remedy; undefined for none. */
export function joinChanges(
  changes: readonly PlacementReason[],
): PlacementReason | undefined {
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

function amountsIn({ facts }: PlacementReason): ResourceAmounts {
  return Object.fromEntries(
    Object.entries(facts).filter(
      (fact): fact is [string, number] => typeof fact[1] === 'number',
    ),
  );
}
