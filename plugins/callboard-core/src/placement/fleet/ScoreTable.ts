import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import type { ScoreContext, WeighedPrioritizer } from '../prioritizers';
import { compareText } from '../selectors';

/** Scores of all clusters by the same prioritizers, and the clusters in the order they give. */
export interface ScoreColumn {
  prioritizers: WeighedPrioritizer[];
  scores: Float64Array;
  /** Indexes, best first, ties by name. */
  order: Int32Array;
  apps: number[];
}

/** Scores that depend on the cluster alone, shared by all apps that weigh alike. */
export class ScoreTable {
  private readonly columns = new Map<string, ScoreColumn>();
  private readonly clusters: ClusterFacts[];
  private readonly now: Date;

  constructor(clusters: ClusterFacts[], now: Date) {
    this.clusters = clusters;
    this.now = now;
  }

  columnFor(prioritizers: WeighedPrioritizer[], index: number): ScoreColumn {
    const key = JSON.stringify(
      prioritizers.map(({ name, weight }) => [name, weight]),
    );
    const size = this.clusters.length;
    const column = this.columns.get(key) ?? {
      prioritizers,
      scores: new Float64Array(size),
      order: Int32Array.from({ length: size }, (_, at) => at),
      apps: [],
    };
    this.columns.set(key, column);
    column.apps.push(index);
    return column;
  }

  scoreAll(): void {
    for (const column of this.columns.values()) {
      for (let index = 0; index < this.clusters.length; index += 1) {
        column.scores[index] = this.score(column, index);
      }
      this.sort(column);
    }
  }

  /** Scores one cluster again; answers the columns in which it moved. */
  scoreCluster(index: number): ScoreColumn[] {
    return [...this.columns.values()].filter(column => {
      const score = this.score(column, index);
      if (score === column.scores[index]) return false;
      column.scores[index] = score;
      this.sort(column);
      return true;
    });
  }

  private score({ prioritizers }: ScoreColumn, index: number): number {
    const context: ScoreContext = {
      previous: new Set(),
      others: {},
      now: this.now,
    };
    const cluster = [this.clusters[index]];
    return prioritizers.reduce(
      (sum, { score, weight }) => sum + score(cluster, context)[0] * weight,
      0,
    );
  }

  private sort({ order, scores }: ScoreColumn): void {
    order.sort(
      (a, b) =>
        scores[b] - scores[a] ||
        compareText(this.clusters[a].name, this.clusters[b].name),
    );
  }
}
