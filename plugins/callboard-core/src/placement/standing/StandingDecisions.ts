import type {
  ClusterFacts,
  PlacementDecision,
} from '@callboard/plugin-callboard-common';
import type { BatchApp } from '../batch';
import { isSteady, weighPrioritizers } from '../prioritizers';
import { isSameFact, judge, type RuleColumn, RuleTable } from './RuleTable';

/** Current state of the fleet. */
export interface FleetNow {
  clusters: readonly ClusterFacts[];
  /** Placements per cluster. */
  places: Readonly<Record<string, number>>;
}

interface Entry {
  app: BatchApp;
  version: string;
  columns: RuleColumn[];
  /** Clusters on which it runs. */
  chosen: ReadonlySet<string>;
  /** A changed score of a cluster may move it. */
  choosesByScore: boolean;
}

/**
 * Keeps decisions that are still valid: deciding again from scratch would give
 * the same result. When the fleet changes, only the decisions affected become
 * invalid, and are taken again by `decideWithRetention`.
 *
 * Decisions that depend on time, or on more than these tables hold, are never
 * kept: an app on an unreachable or draining cluster, a return to a lost
 * cluster, divided replicas, a misconfigured placement.
 */
export class StandingDecisions {
  readonly #entries = new Map<string, Entry>();
  readonly #rules = new RuleTable();
  readonly #runningOn = new Map<string, Set<string>>();
  #clusters = new Map<string, ClusterFacts>();
  #places: FleetNow['places'] = {};

  /** Number of valid decisions. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Returns whether the decision of an app is still valid.
   *
   * @param version - of the input and its recorded state; as given to `keep`
   */
  stands(name: string, version: string): boolean {
    return this.#entries.get(name)?.version === version;
  }

  /** Keeps a decision that was taken on the fleet of the last `update`, where it can stay valid. */
  keep(
    app: BatchApp,
    { decision, version }: { decision: PlacementDecision; version: string },
  ): void {
    this.drop(app.name);
    if (!canStand(app, decision)) return;
    const chosen = new Set(decision.chosen);
    const { before: _, ...asked } = app; // holds verdicts on every cluster: too large to keep for each app
    this.#entries.set(app.name, {
      app: asked,
      version,
      columns: this.#rules.add(asked),
      chosen,
      choosesByScore: choosesByScore(app),
    });
    for (const cluster of chosen) {
      const running = this.#runningOn.get(cluster) ?? new Set();
      this.#runningOn.set(cluster, running.add(app.name));
    }
  }

  /** Invalidates the decision of an app. */
  drop(name: string): void {
    const entry = this.#entries.get(name);
    if (!entry) return;
    this.#entries.delete(name);
    this.#rules.remove(name, entry.columns);
    for (const cluster of entry.chosen)
      this.#runningOn.get(cluster)?.delete(name);
  }

  /** Updates the tables to the current fleet. */
  update({ clusters, places }: FleetNow, now: Date): void {
    const isSameFleet =
      clusters.length === this.#clusters.size &&
      clusters.every(({ name }) => this.#clusters.has(name));
    if (!isSameFleet) {
      this.#clusters = new Map(clusters.map(each => [each.name, each]));
      for (const name of [...this.#entries.keys()]) this.drop(name);
    }
    for (const cluster of clusters) {
      const before = this.#clusters.get(cluster.name);
      if (before === undefined || before === cluster) continue;
      this.#clusters.set(cluster.name, cluster);
      for (const name of this.#listMattering(before, cluster, now))
        this.drop(name);
    }
    if (places !== this.#places && !isSameFact(places, this.#places)) {
      for (const [name, entry] of this.#entries)
        if (entry.choosesByScore) this.drop(name);
    }
    this.#places = places;
  }

  /** Returns the apps whose decision contains a judgement of a cluster that changed. */
  #listMattering(
    before: ClusterFacts,
    after: ClusterFacts,
    now: Date,
  ): Set<string> {
    const names = new Set<string>();
    const facts = listDiffering(before, after);
    const running = this.#runningOn.get(after.name);
    for (const { apps } of this.#rules.listChanged(
      { before, after, facts },
      now,
    ))
      for (const name of apps) if (!running?.has(name)) names.add(name);
    // A running app already has its capacity.
    if (facts.some(fact => fact !== 'free')) {
      for (const name of running ?? []) {
        const { app } = this.#entries.get(name)!;
        if (
          before.freshness !== after.freshness ||
          judge(before, { app, held: true }, now) !==
            judge(after, { app, held: true }, now)
        )
          names.add(name);
      }
    }
    if (facts.includes('labels') || facts.includes('claims')) {
      for (const [name, { app }] of this.#entries)
        if (readsWhereClustersLie(app, before, after)) names.add(name);
    }
    return names;
  }
}

/**
 * All fields of a cluster that decisions read. The time since the last contact
 * is left out: the decision of an app on an unreachable cluster is never kept.
 */
const FACTS: ReadonlyArray<keyof ClusterFacts> = [
  'free',
  'freshness',
  'labels',
  'claims',
  'clusterSet',
  'clusterSets',
  'taints',
  'blueprint',
  'unknownBlueprint',
  'cordoned',
  'draining',
  'deleting',
  'allocatable',
  'capacity',
  'scores',
  'addOnScores',
  'manifest',
];

function listDiffering(
  before: ClusterFacts,
  after: ClusterFacts,
): Array<keyof ClusterFacts> {
  return FACTS.filter(fact => !isSameFact(before[fact], after[fact]));
}

/**
 * Returns whether nothing in the decision changes with the clock, and the next
 * one would say the same about the clusters of the app.
 */
function canStand(app: BatchApp, decision: PlacementDecision): boolean {
  const { spec, previous, failovers = [] } = app;
  const chosen = new Set(decision.chosen);
  const isWhereItWas =
    chosen.size === previous.length &&
    previous.every(cluster => chosen.has(cluster));
  const isSettled =
    decision.satisfied &&
    decision.verdicts.every(
      ({ verdict, reasons }) =>
        verdict !== 'chosen' ||
        reasons.every(
          ({ rule }) =>
            rule !== 'unreachable-tolerated' && rule !== 'stays-until-replaced',
        ),
    );
  return (
    isWhereItWas &&
    isSettled &&
    failovers.length === 0 &&
    spec.replicaScheduling === undefined &&
    !spec.tolerations?.some(
      ({ tolerationSeconds }) => tolerationSeconds !== undefined,
    ) &&
    (!choosesByScore(app) || scoresByPlacesAlone(app))
  );
}

/**
 * Current clusters come first whatever their score; a spread with
 * `DoNotSchedule` is filled in the order of the scores, and may remove a
 * current cluster when that order changes.
 */
function choosesByScore({ spec }: BatchApp): boolean {
  return (
    !isSteady(weighPrioritizers(spec)) ||
    (spec.spreadPolicy?.spreadConstraints ?? []).some(
      ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
    )
  );
}

/** Other scores are relative to all fitting clusters, or expire. */
function scoresByPlacesAlone({ spec }: BatchApp): boolean {
  const weighing = weighPrioritizers(spec);
  return (
    weighing.kind === 'weighed' &&
    weighing.prioritizers.every(
      ({ name }) => name === 'Balance' || name === 'Steady',
    )
  );
}

/** Besides the rules, spread, decision groups, and needs that depend on labels read labels and claims. */
function readsWhereClustersLie(
  { spec, hasNeedsByLabel }: BatchApp,
  before: ClusterFacts,
  after: ClusterFacts,
): boolean {
  return (
    hasNeedsByLabel === true ||
    spec.decisionStrategy !== undefined ||
    (spec.spreadPolicy?.spreadConstraints ?? []).some(
      ({ topologyKey, topologyKeyType }) => {
        const from = topologyKeyType === 'Claim' ? 'claims' : 'labels';
        return before[from][topologyKey] !== after[from][topologyKey];
      },
    )
  );
}
