import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import { createEvaluator } from '../cel';
import { isDividedByWeight } from '../replicas/dividesReplicas';
import type { PlacementRule, RuleContext } from '../types';
import { type Bits, makeBits, putBit } from './bits';
import type { FleetApp } from './FleetApp';

/** Which clusters a law refuses, for all apps that ask it the same question. */
export interface RuleColumn {
  rule: PlacementRule;
  context: RuleContext;
  refused: Bits;
  /** Apps that ask, by their index. */
  apps: number[];
}

/** What each law reads of an app; apps that agree on it share a column. */
const READS: Record<string, (app: FleetApp) => unknown> = {
  'not-deleting': () => '',
  'in-cluster-set': ({ spec }) => spec.clusterSets ?? [],
  'required-selectors': ({ spec }) => spec.predicates ?? [],
  'runs-blueprint': ({ requires }) => requires?.blueprint ?? '',
  'tolerates-taints': ({ spec, requires }) => [
    spec.tolerations ?? [],
    requires?.blueprint ?? '',
  ],
  'has-room': ({ needs, instance, spec }) => [
    needs ?? {},
    instance ?? {},
    isDividedByWeight(spec),
  ],
  'seen-recently': () => '',
  'not-cordoned': () => '',
  'back-for-good': ({ absentFrom }) => absentFrom ?? [],
};

/**
 * The laws' answers about clusters where an app does not run yet. The laws
 * themselves are asked, once per question and cluster: there is no second way to judge.
 */
export class RuleTable {
  private readonly columns = new Map<string, RuleColumn>();
  private readonly clusters: ClusterFacts[];
  private readonly rules: readonly PlacementRule[];
  private readonly now: Date;

  constructor(
    clusters: ClusterFacts[],
    rules: readonly PlacementRule[],
    now: Date,
  ) {
    this.clusters = clusters;
    this.rules = rules;
    this.now = now;
  }

  /** The columns an app asks, one per law. */
  columnsFor(app: FleetApp, index: number): RuleColumn[] {
    return this.rules.map(rule => {
      const read = READS[rule.name] ?? (whole => whole);
      const key = `${rule.name} ${JSON.stringify(read(app))}`;
      const column = this.columns.get(key) ?? this.add(key, rule, app);
      column.apps.push(index);
      return column;
    });
  }

  /** Judges everything again. */
  judgeAll(): void {
    for (const column of this.columns.values()) {
      for (let index = 0; index < this.clusters.length; index += 1)
        this.judge(column, index);
    }
  }

  /** Judges one cluster again; answers the columns that changed their mind. */
  judgeCluster(index: number): RuleColumn[] {
    return [...this.columns.values()].filter(column =>
      this.judge(column, index),
    );
  }

  private add(key: string, rule: PlacementRule, app: FleetApp): RuleColumn {
    const {
      spec,
      requires,
      needs,
      instance,
      failoverAfterSeconds,
      absentFrom,
    } = app;
    const { evaluate } = createEvaluator(spec);
    const context = {
      spec,
      requires,
      needs,
      instance,
      failoverAfterSeconds,
      absentFrom,
      held: false,
      now: this.now,
      evaluate,
    };
    const column = {
      rule,
      context,
      refused: makeBits(this.clusters.length),
      apps: [],
    };
    this.columns.set(key, column);
    return column;
  }

  private judge(
    { rule, context, refused }: RuleColumn,
    index: number,
  ): boolean {
    const cluster = this.clusters[index];
    const admits = rule.admits
      ? rule.admits(cluster, context)
      : rule.judge(cluster, context).kind === 'admits';
    return putBit(refused, index, !admits);
  }
}
