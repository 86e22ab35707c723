import type {
  ClusterFacts,
  PlacementSpec,
  Problem,
  Requirements,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import {
  type GuardRailBreach,
  type GuardRailDemands,
  findBreaches,
} from '../../guardrails';
import { createEvaluator } from '../cel';
import { judgeCluster } from '../judgeCluster';
import { inClusterSet } from '../rules/inClusterSet';
import { requiredSelectors } from '../rules/requiredSelectors';
import { runsBlueprint } from '../rules/runsBlueprint';
import { toleratesTaints } from '../rules/toleratesTaints';

const SELECTING_RULES = [
  inClusterSet,
  requiredSelectors,
  runsBlueprint,
  toleratesTaints,
];

/** Guard rails that an app breaks on every cluster of an environment. */
export interface NeverAdmitted {
  /** The cluster whose guard rails it breaks least. */
  cluster: string;
  blueprint: string;
  breaches: GuardRailBreach[];
}

/** An app's requirements on the clusters of an environment. */
export interface AdmissionQuestion {
  spec: PlacementSpec;
  requires?: Requirements;
  demandsOn(cluster: ClusterFacts): GuardRailDemands;
  /** Amounts it takes of a cluster; not judged where they are not known because replicas are divided. */
  needsOn?(cluster: ClusterFacts): ResourceAmounts;
}

/**
 * Finds the guard rails that keep an app off every cluster that the environment
 * selects; undefined as long as one cluster admits it.
 */
export function findNeverAdmitted(
  { spec, requires, demandsOn, needsOn }: AdmissionQuestion,
  clusters: readonly ClusterFacts[],
  now: Date,
): NeverAdmitted | undefined {
  const { evaluate } = createEvaluator(spec);
  const context = { spec, requires, held: false, now, evaluate };
  const judged = clusters
    .filter(
      cluster =>
        judgeCluster(cluster, SELECTING_RULES, context).kind === 'fits',
    )
    .map(cluster => ({
      cluster: cluster.name,
      blueprint: cluster.blueprint?.name ?? '',
      breaches: findBreaches(cluster.blueprint?.apps ?? {}, {
        demands: demandsOn(cluster),
        ...(needsOn && { needs: needsOn(cluster) }),
      }),
    }));
  if (judged.some(({ breaches }) => breaches.length === 0)) return undefined;
  return judged
    .sort(
      (a, b) =>
        a.breaches.length - b.breaches.length ||
        (a.cluster < b.cluster ? -1 : 1),
    )
    .at(0);
}

/** Describes the problem of an app that no cluster of an environment admits. */
export function describeNeverAdmitted(
  { cluster, blueprint, breaches }: NeverAdmitted,
  of: { app: string; environment: string },
): Problem {
  return {
    code: 'guard-rails-broken',
    what: `Cannot run "${of.app}" in ${of.environment}: no cluster there admits it`,
    why: `blueprint ${blueprint} of ${cluster} says that ${breaches
      .map(({ why }) => why)
      .join('; ')}`,
    next: [...new Set(breaches.map(({ next }) => next))].join('. '),
    transient: false,
  };
}
