import type {
  ClusterPredicate,
  LabelSelector,
  PlacementSpec,
  SpreadConstraint,
  Toleration,
} from '@callboard/plugin-callboard-common';
import { dividesReplicas } from '../placement/replicas/dividesReplicas';
import { canonicalJson } from '../render/canonicalJson';

/** Part of an app's placement that would widen the platform's, and the limit. */
export type WideningFault =
  | { kind: 'too-many-clusters'; wanted: number; allowed: number }
  | { kind: 'foreign-cluster-sets'; sets: string[]; allowed: string[] }
  | { kind: 'foreign-toleration'; key: string }
  | { kind: 'other-groups' }
  | { kind: 'undivided' };

export type Narrowed =
  | { ok: true; value: PlacementSpec }
  | { ok: false; fault: WideningFault };

/**
 * Returns the platform's placement, refined by an app's: no cluster is admitted
 * that the platform's rule alone would refuse.
 *
 * | field | rule |
 * | --- | --- |
 * | predicates | both must hold: every pair of theirs becomes one |
 * | numberOfClusters | the app's, if it is not above the platform's |
 * | clusterSets | the app's, if all are among the platform's |
 * | tolerations | the app's, if all are among the platform's |
 * | spreadPolicy | all constraints; of two on one key the tighter parts |
 * | decisionStrategy | the platform's; the app's where it has none |
 * | replicaScheduling | the app's, if it divides where the platform divides |
 * | prioritizerPolicy | the app's: it orders clusters and admits none |
 */
export function narrowPlacement(
  platform: PlacementSpec,
  app: PlacementSpec,
): Narrowed {
  const fault = findWidening(platform, app);
  if (fault) return { ok: false, fault };
  const predicates = joinPredicates(
    platform.predicates ?? [],
    app.predicates ?? [],
  );
  const spread = joinSpread(
    platform.spreadPolicy?.spreadConstraints ?? [],
    app.spreadPolicy?.spreadConstraints ?? [],
  );
  const narrowed: PlacementSpec = {
    clusterSets: app.clusterSets ?? platform.clusterSets,
    numberOfClusters: app.numberOfClusters ?? platform.numberOfClusters,
    predicates: predicates.length > 0 ? predicates : undefined,
    tolerations: app.tolerations ?? platform.tolerations,
    spreadPolicy: spread.length > 0 ? { spreadConstraints: spread } : undefined,
    prioritizerPolicy: app.prioritizerPolicy ?? platform.prioritizerPolicy,
    replicaScheduling: app.replicaScheduling ?? platform.replicaScheduling,
    decisionStrategy: platform.decisionStrategy ?? app.decisionStrategy,
  };
  const given = Object.entries(narrowed).filter(
    ([, value]) => value !== undefined,
  );
  return { ok: true, value: Object.fromEntries(given) };
}

function findWidening(
  platform: PlacementSpec,
  app: PlacementSpec,
): WideningFault | undefined {
  const { numberOfClusters: allowed } = platform;
  if (allowed !== undefined && (app.numberOfClusters ?? 0) > allowed) {
    return {
      kind: 'too-many-clusters',
      wanted: app.numberOfClusters ?? 0,
      allowed,
    };
  }
  // An empty list means all sets, as in Open Cluster Management.
  const allowedSets = platform.clusterSets ?? [];
  const wantedSets = app.clusterSets ?? allowedSets;
  const foreign = wantedSets.filter(set => !allowedSets.includes(set));
  if (
    allowedSets.length > 0 &&
    (foreign.length > 0 || wantedSets.length === 0)
  ) {
    return {
      kind: 'foreign-cluster-sets',
      sets: foreign,
      allowed: allowedSets,
    };
  }
  const toleration = app.tolerations?.find(
    wanted => !isAmong(wanted, platform.tolerations ?? []),
  );
  if (toleration)
    return { kind: 'foreign-toleration', key: toleration.key ?? '*' };
  if (
    platform.decisionStrategy &&
    app.decisionStrategy &&
    canonicalJson(platform.decisionStrategy) !==
      canonicalJson(app.decisionStrategy)
  ) {
    return { kind: 'other-groups' };
  }
  if (
    app.replicaScheduling &&
    dividesReplicas(platform) &&
    !dividesReplicas(app)
  ) {
    return { kind: 'undivided' };
  }
  return undefined;
}

function isAmong(toleration: Toleration, allowed: Toleration[]): boolean {
  return allowed.some(
    other => canonicalJson(other) === canonicalJson(toleration),
  );
}

function joinPredicates(
  platform: ClusterPredicate[],
  app: ClusterPredicate[],
): ClusterPredicate[] {
  if (platform.length === 0) return app;
  if (app.length === 0) return platform;
  return platform.flatMap(theirs =>
    app.map(ours => joinPredicate(theirs, ours)),
  );
}

function joinPredicate(
  theirs: ClusterPredicate,
  ours: ClusterPredicate,
): ClusterPredicate {
  const a = theirs.requiredClusterSelector ?? {};
  const b = ours.requiredClusterSelector ?? {};
  const labels = joinSelectors(a.labelSelector, b.labelSelector);
  const claims = [
    ...(a.claimSelector?.matchExpressions ?? []),
    ...(b.claimSelector?.matchExpressions ?? []),
  ];
  const cel = [
    ...(a.celSelector?.celExpressions ?? []),
    ...(b.celSelector?.celExpressions ?? []),
  ];
  return {
    requiredClusterSelector: {
      ...(labels && { labelSelector: labels }),
      ...(claims.length > 0 && { claimSelector: { matchExpressions: claims } }),
      ...(cel.length > 0 && { celSelector: { celExpressions: cel } }),
    },
  };
}

function joinSelectors(
  theirs: LabelSelector | undefined,
  ours: LabelSelector | undefined,
): LabelSelector | undefined {
  if (!theirs || !ours) return theirs ?? ours;
  const matchLabels = { ...theirs.matchLabels };
  const matchExpressions = [
    ...(theirs.matchExpressions ?? []),
    ...(ours.matchExpressions ?? []),
  ];
  for (const [key, value] of Object.entries(ours.matchLabels ?? {})) {
    // One label cannot have two values in `matchLabels`; as expressions both are kept, and
    // nothing matches both.
    if (!Object.hasOwn(matchLabels, key)) matchLabels[key] = value;
    else if (matchLabels[key] !== value)
      matchExpressions.push({ key, operator: 'In', values: [value] });
  }
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}

function joinSpread(
  platform: SpreadConstraint[],
  app: SpreadConstraint[],
): SpreadConstraint[] {
  const isSameKey = (a: SpreadConstraint) => (b: SpreadConstraint) =>
    a.topologyKey === b.topologyKey && a.topologyKeyType === b.topologyKeyType;
  const joined = platform.map(theirs => {
    const ours = app.find(isSameKey(theirs));
    return ours ? tighten(theirs, ours) : theirs;
  });
  return [...joined, ...app.filter(ours => !platform.some(isSameKey(ours)))];
}

function tighten(
  theirs: SpreadConstraint,
  ours: SpreadConstraint,
): SpreadConstraint {
  const isHard = [theirs, ours].some(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
  );
  return {
    topologyKey: theirs.topologyKey,
    topologyKeyType: theirs.topologyKeyType,
    maxSkew: Math.min(theirs.maxSkew ?? 1, ours.maxSkew ?? 1),
    ...(isHard && { whenUnsatisfiable: 'DoNotSchedule' as const }),
  };
}
