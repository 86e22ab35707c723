import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import type { BatchApp } from '../batch';
import { createEvaluator } from '../cel';
import { judgeCluster } from '../judgeCluster';
import { isDividedByWeight } from '../replicas/dividesReplicas';
import { READ_BY_MODULES } from '../moduleRules';
import { PLACEMENT_RULES } from '../rules';

import type { PlacementRule } from '../types';
import { essenceOfReasons } from './isSameAnswer';

/** Results of one rule for all apps with the same input to it. */
export interface RuleColumn {
  key: string;
  rule: PlacementRule;
  /** Any of its apps: the rule's input is the same for all. */
  asked: BatchApp;
  /** Names of its apps. */
  apps: Set<string>;
}

interface Reads {
  ofApp(app: BatchApp): unknown;
  ofCluster: ReadonlyArray<keyof ClusterFacts>;
}

/**
 * Fields that each rule reads; apps with equal fields share a column, and a
 * cluster is judged again only when one of its fields changes. The time since
 * the last contact is left out: the decision of an app on an unreachable
 * cluster is always taken again.
 */
const READS: Readonly<Record<string, Reads>> = {
  'not-deleting': { ofApp: () => '', ofCluster: ['deleting'] },
  'in-cluster-set': {
    ofApp: ({ spec }) => spec.clusterSets ?? [],
    ofCluster: ['clusterSet', 'clusterSets'],
  },
  'required-selectors': {
    ofApp: ({ spec }) => spec.predicates ?? [],
    // Expressions see the whole ManagedCluster.
    ofCluster: [
      'labels',
      'claims',
      'taints',
      'manifest',
      'scores',
      'addOnScores',
    ],
  },
  'runs-blueprint': {
    ofApp: ({ requires }) => requires?.blueprint ?? '',
    ofCluster: ['blueprint', 'unknownBlueprint'],
  },
  'keeps-guard-rails': {
    ofApp: ({ demands, demandsOn, needs, needsOn }) => [
      demands ?? {},
      demandsOn ?? {},
      needs ?? {},
      needsOn ?? {},
    ],
    ofCluster: ['blueprint'],
  },
  'tolerates-taints': {
    ofApp: ({ spec, requires }) => [
      spec.tolerations ?? [],
      requires?.blueprint ?? '',
    ],
    ofCluster: ['taints'],
  },
  'of-modules': {
    ofApp: ({ modules, requires, needs, needsOn }) =>
      modules && modules.rules.length > 0
        ? [modules.app, requires ?? {}, needs ?? {}, needsOn ?? {}]
        : '',
    ofCluster: READ_BY_MODULES,
  },
  'has-capacity': {
    ofApp: ({ needs, needsOn, instance, instanceOn, spec }) => [
      needs ?? {},
      needsOn ?? {},
      instance ?? {},
      instanceOn ?? {},
      isDividedByWeight(spec),
    ],
    ofCluster: ['free', 'capacity'],
  },
  reachable: { ofApp: () => '', ofCluster: ['freshness'] },
  'not-cordoned': { ofApp: () => '', ofCluster: ['cordoned', 'draining'] },
  'failback-hold': { ofApp: () => '', ofCluster: ['freshness'] },
};

/**
 * Evaluates each rule once for all apps with the same input. It calls the rules
 * themselves, so that there is no second implementation.
 */
export class RuleTable {
  readonly #columns = new Map<string, RuleColumn>();

  /** Adds an app to its columns. */
  add(app: BatchApp): RuleColumn[] {
    return PLACEMENT_RULES.map(rule => {
      const key = `${rule.name} ${JSON.stringify(READS[rule.name].ofApp(app))}`;
      const column = this.#columns.get(key) ?? {
        key,
        rule,
        asked: app,
        apps: new Set<string>(),
      };
      this.#columns.set(key, column);
      column.apps.add(app.name);
      return column;
    });
  }

  remove(app: string, columns: readonly RuleColumn[]): void {
    for (const { key, apps } of columns) {
      apps.delete(app);
      if (apps.size === 0) this.#columns.delete(key);
    }
  }

  /** Returns columns whose rule now judges a cluster otherwise, where their apps do not run. */
  listChanged(
    {
      before,
      after,
      facts,
    }: {
      before: ClusterFacts;
      after: ClusterFacts;
      /** Fields of the cluster that changed. */
      facts: ReadonlyArray<keyof ClusterFacts>;
    },
    now: Date,
  ): RuleColumn[] {
    const differs = new Set(
      PLACEMENT_RULES.filter(({ name }) =>
        READS[name].ofCluster.some(fact => facts.includes(fact)),
      ),
    );
    if (differs.size === 0) return [];
    return [...this.#columns.values()].filter(
      ({ rule, asked }) =>
        differs.has(rule) &&
        judge(before, { app: asked, rules: [rule] }, now) !==
          judge(after, { app: asked, rules: [rule] }, now),
    );
  }
}

/** Judges a cluster for an app, with everything that a decision keeps of it. */
export function judge(
  cluster: ClusterFacts,
  {
    app,
    rules = PLACEMENT_RULES,
    held = false,
  }: { app: BatchApp; rules?: readonly PlacementRule[]; held?: boolean },
  now: Date,
): string {
  const { spec, requires, needs, needsOn, instance, instanceOn } = app;
  const { demands, demandsOn, modules } = app;
  const judgement = judgeCluster(cluster, rules, {
    spec,
    requires,
    needs: needsOn?.[cluster.name] ?? needs,
    instance: instanceOn?.[cluster.name] ?? instance,
    demands: demandsOn?.[cluster.name] ?? demands,
    modules,
    failoverAfterSeconds: app.failoverAfterSeconds,
    held,
    now,
    evaluate: createEvaluator(spec).evaluate,
  });
  return judgement.kind === 'fits'
    ? `fits ${essenceOfReasons(judgement.notes)}`
    : `refused ${essenceOfReasons(judgement.reasons)}`;
}

export function isSameFact(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
