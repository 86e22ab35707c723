import type {
  ClusterFacts,
  PlacementDecision,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { createEvaluator } from '../cel';
import { decidePlacement } from '../decidePlacement';
import { judgeCluster } from '../judgeCluster';
import { PLACEMENT_RULES } from '../rules';
import { type Bits, hasBit, listBits, makeBits, putBit } from './bits';
import { chooseIndexes, type Spread } from './chooseIndexes';
import { type DomainColumn, DomainTable } from './DomainTable';
import type { FleetApp, FleetDecision } from './FleetApp';
import { type RuleColumn, RuleTable } from './RuleTable';
import { type ScoreColumn, ScoreTable } from './ScoreTable';
import { sharedPrioritizers } from './sharedPrioritizers';

/** An app with the columns it shares with others. */
interface Entry {
  app: FleetApp;
  rules: RuleColumn[];
  /** Undefined where scores depend on which clusters fit: then the whole question is asked. */
  scores: ScoreColumn | undefined;
  spreads: Spread[];
  /** Indexes of the clusters where it runs. */
  previous: number[];
  decision: FleetDecision;
}

/** Why a cluster is refused that every law admits. */
const NO_LAWS = new Set(['misconfigured', 'keeps-spread']);

/**
 * All placements of a fleet, kept up to date. Every app is decided as
 * `decidePlacement` decides it; what many apps ask alike is answered once, and
 * when a cluster changes only the apps it matters to are decided again.
 *
 * Why an app runs where it runs is kept too, in columns that the apps share:
 * `verdictOf` reads it, `explain` tells it whole.
 */
export class PlacementFleet {
  private readonly clusters: ClusterFacts[];
  private readonly indexOf: Map<string, number>;
  private readonly entries: Entry[] = [];
  private readonly entryOf = new Map<string, Entry>();
  private readonly runningOn = new Map<number, number[]>();
  private readonly asksWhole: number[] = [];
  private readonly rules: RuleTable;
  private readonly scores: ScoreTable;
  private readonly domains: DomainTable;
  private readonly now: Date;
  private readonly eligible: Bits;

  constructor(
    clusters: readonly ClusterFacts[],
    apps: readonly FleetApp[],
    now: Date,
  ) {
    this.clusters = [...clusters];
    this.indexOf = new Map(clusters.map(({ name }, index) => [name, index]));
    this.now = now;
    this.rules = new RuleTable(this.clusters, PLACEMENT_RULES, now);
    this.scores = new ScoreTable(this.clusters, now);
    this.domains = new DomainTable(this.clusters);
    this.eligible = makeBits(clusters.length);
    for (const app of apps) this.add(app);
    this.decideAll();
  }

  /** Decides everything from the facts alone. */
  decideAll(): void {
    this.rules.judgeAll();
    this.scores.scoreAll();
    this.domains.locateAll();
    for (const entry of this.entries) entry.decision = this.decide(entry);
  }

  /**
   * Takes in that a cluster is now otherwise, and decides again what that matters to.
   *
   * @returns the names of the apps that were moved, sorted
   */
  updateCluster(cluster: ClusterFacts): string[] {
    const index = this.index(cluster.name);
    this.clusters[index] = cluster;
    const affected = new Set<number>([
      ...this.asksWhole,
      ...(this.runningOn.get(index) ?? []),
    ]);
    for (const { apps } of this.rules.judgeCluster(index))
      for (const app of apps) affected.add(app);
    const columns: Array<ScoreColumn | DomainColumn> = [
      ...this.scores.scoreCluster(index),
      ...this.domains.locateCluster(index),
    ];
    for (const { apps } of columns) {
      for (const app of apps)
        if (this.isEligible(this.entries[app], index)) affected.add(app);
    }
    return [...affected]
      .filter(app => this.decideAgain(this.entries[app]))
      .map(app => this.entries[app].app.name)
      .sort();
  }

  /** Names of the clusters an app runs on, sorted. */
  chosenFor(app: string): string[] {
    const { decision } = this.entry(app);
    return decision.chosen.map(index => this.clusters[index].name).sort();
  }

  /** The kept verdict on one cluster, with the laws that refuse it. */
  verdictOf(
    app: string,
    cluster: string,
  ): { verdict: PlacementVerdict['verdict']; rules: string[] } {
    const entry = this.entry(app);
    const index = this.index(cluster);
    if (entry.scores === undefined) return this.askedVerdict(entry, index);
    const { chosen, wanted } = entry.decision;
    if (chosen.includes(index)) return { verdict: 'chosen', rules: [] };
    const rules = this.refusals(entry, index);
    if (rules.length > 0) return { verdict: 'refused', rules };
    return wanted !== undefined && chosen.length >= wanted
      ? { verdict: 'spare', rules: [] }
      : { verdict: 'refused', rules: ['keeps-spread'] };
  }

  /** The decision with its whole working, as it is shown and stored. */
  explain(app: string): PlacementDecision {
    return decidePlacement(
      { ...this.entry(app).app, clusters: this.clusters },
      this.now,
    );
  }

  /** Where nothing is shared nothing is kept either. */
  private askedVerdict(
    entry: Entry,
    index: number,
  ): { verdict: PlacementVerdict['verdict']; rules: string[] } {
    const { name } = this.clusters[index];
    const [{ verdict, reasons }] = this.explain(entry.app.name).verdicts.filter(
      ({ cluster }) => cluster === name,
    );
    if (verdict !== 'refused') return { verdict, rules: [] };
    const [{ rule }] = reasons;
    return {
      verdict,
      rules: NO_LAWS.has(rule) ? [rule] : this.refusals(entry, index),
    };
  }

  private index(cluster: string): number {
    const index = this.indexOf.get(cluster);
    if (index === undefined)
      throw new Error(`The fleet has no cluster "${cluster}"`);
    return index;
  }

  private entry(app: string): Entry {
    const entry = this.entryOf.get(app);
    if (entry === undefined) throw new Error(`The fleet has no app "${app}"`);
    return entry;
  }

  private add(app: FleetApp): void {
    const index = this.entries.length;
    const shared = sharedPrioritizers(app);
    const previous = app.previous.flatMap(name => this.indexOf.get(name) ?? []);
    const entry: Entry = {
      app,
      rules: this.rules.columnsFor(app, index),
      scores: shared && this.scores.columnFor(shared, index),
      spreads: (app.spec.spreadPolicy?.spreadConstraints ?? []).map(
        constraint => ({
          column: this.domains.columnFor(constraint, index),
          maxSkew: Math.max(1, constraint.maxSkew ?? 1),
          isHard: constraint.whenUnsatisfiable === 'DoNotSchedule',
        }),
      ),
      previous,
      decision: { chosen: [], wanted: app.spec.numberOfClusters },
    };
    if (shared === undefined) this.asksWhole.push(index);
    for (const cluster of previous)
      this.runningOn.set(cluster, [
        ...(this.runningOn.get(cluster) ?? []),
        index,
      ]);
    this.entries.push(entry);
    this.entryOf.set(app.name, entry);
  }

  private decideAgain(entry: Entry): boolean {
    const before = entry.decision.chosen;
    entry.decision = this.decide(entry);
    const { chosen } = entry.decision;
    return (
      chosen.length !== before.length ||
      !chosen.every(index => before.includes(index))
    );
  }

  private decide(entry: Entry): FleetDecision {
    const { app, scores, spreads, previous } = entry;
    const wanted = app.spec.numberOfClusters;
    if (scores === undefined) {
      const { chosen } = this.explain(app.name);
      return {
        wanted,
        chosen: chosen.flatMap(name => this.indexOf.get(name) ?? []),
      };
    }
    const eligible = this.eligibleFor(entry);
    if (wanted === undefined && !spreads.some(({ isHard }) => isHard))
      return { wanted, chosen: listBits(eligible) };
    const held =
      previous.length > 1
        ? [...previous].sort((a, b) => rank(scores, a) - rank(scores, b))
        : previous;
    const chosen = chooseIndexes(
      eligible,
      { held, order: scores.order },
      { spreads, wanted: wanted ?? Infinity },
    );
    return { wanted, chosen };
  }

  /** In a set that is used again for the next app. */
  private eligibleFor(entry: Entry): Bits {
    const { eligible } = this;
    const size = this.clusters.length;
    for (let word = 0; word < eligible.length; word += 1) {
      let refused = 0;
      for (const { refused: bits } of entry.rules) refused |= bits[word];
      const isLast = word === eligible.length - 1 && (size & 31) !== 0;
      eligible[word] = ~refused & (isLast ? 2 ** (size & 31) - 1 : 0xffffffff);
    }
    for (const index of entry.previous)
      putBit(eligible, index, this.isEligible(entry, index));
    return eligible;
  }

  private isEligible(entry: Entry, index: number): boolean {
    return this.refusals(entry, index).length === 0;
  }

  /** Where the app runs already the laws are asked again, for they spare some of what runs. */
  private refusals({ app, rules, previous }: Entry, index: number): string[] {
    if (!previous.includes(index)) {
      return rules
        .filter(({ refused }) => hasBit(refused, index))
        .map(({ rule }) => rule.name);
    }
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
      held: true,
      now: this.now,
      evaluate,
    };
    return PLACEMENT_RULES.filter(
      rule =>
        judgeCluster(this.clusters[index], [rule], context).kind === 'refused',
    ).map(({ name }) => name);
  }
}

function rank({ order }: ScoreColumn, index: number): number {
  return order.indexOf(index);
}
