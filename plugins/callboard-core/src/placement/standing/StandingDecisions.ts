import type {
  ClusterFacts,
  PlacementDecision,
} from '@callboard/plugin-callboard-common';
import type { BatchApp } from '../batch';
import { isSteady, weighPrioritizers } from '../prioritizers';
import { isSameFact, judge, type RuleColumn, RuleTable } from './RuleTable';

/** The fleet as it is now. */
export interface FleetNow {
  clusters: readonly ClusterFacts[];
  /** How many placements each cluster carries. */
  places: Readonly<Record<string, number>>;
}

interface Entry {
  app: BatchApp;
  version: string;
  columns: RuleColumn[];
  /** Where it runs. */
  chosen: ReadonlySet<string>;
  /** Another score of a cluster may move it. */
  choosesByScore: boolean;
}

/**
 * Which decisions stand: the answer from scratch would be the one that was kept.
 * When the fleet is otherwise, only decisions that this matters to stop standing,
 * and are taken again by `decideWithRetention`.
 *
 * What depends on time, or on more than these tables know, never stands: a
 * cluster that is silent or drained and still in use, a way back to a lost
 * cluster, replicas that are divided, a placement that makes no sense.
 */
export class StandingDecisions {
  readonly #entries = new Map<string, Entry>();
  readonly #rules = new RuleTable();
  readonly #runningOn = new Map<string, Set<string>>();
  #clusters = new Map<string, ClusterFacts>();
  #places: FleetNow['places'] = {};

  /** How many decisions stand. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Whether the decision of an app stands.
   *
   * @param version - of the question and of what was recorded for it; as it was kept with
   */
  stands(name: string, version: string): boolean {
    return this.#entries.get(name)?.version === version;
  }

  /** Keeps a decision that was taken on the fleet as it was last taken in, where it can stand. */
  keep(
    app: BatchApp,
    { decision, version }: { decision: PlacementDecision; version: string },
  ): void {
    this.drop(app.name);
    if (!canStand(app, decision)) return;
    const chosen = new Set(decision.chosen);
    const { before: _, ...asked } = app; // with verdicts on every cluster: too much to keep for each app
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

  /** The decision of an app stands no longer. */
  drop(name: string): void {
    const entry = this.#entries.get(name);
    if (!entry) return;
    this.#entries.delete(name);
    this.#rules.remove(name, entry.columns);
    for (const cluster of entry.chosen)
      this.#runningOn.get(cluster)?.delete(name);
  }

  /** Takes in the fleet as it is now. */
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

  /** Apps whose decision says something of a cluster that it would no longer say. */
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
    // What runs there has its capacity.
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

/** All that decisions read of a cluster. Since when it is silent is left out: where an app runs on one that is, its decision does not stand. */
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

/** Nothing in it changes with the clock, and it says of where the app runs what the next one would say. */
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
 * What runs comes first whatever it scores; a spread that is never broken is kept
 * in the order of the scores, and may send away what came first in another order.
 */
function choosesByScore({ spec }: BatchApp): boolean {
  return (
    !isSteady(weighPrioritizers(spec)) ||
    (spec.spreadPolicy?.spreadConstraints ?? []).some(
      ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
    )
  );
}

/** Other scores are relative to all clusters that fit, or end with time. */
function scoresByPlacesAlone({ spec }: BatchApp): boolean {
  const weighing = weighPrioritizers(spec);
  return (
    weighing.kind === 'weighed' &&
    weighing.prioritizers.every(
      ({ name }) => name === 'Balance' || name === 'Steady',
    )
  );
}

/** Spread, decision groups, and what an app needs where labels say so, read labels and claims beside the rules. */
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
