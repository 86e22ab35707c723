import type {
  ClusterFacts,
  SpreadConstraint,
} from '@callboard/plugin-callboard-common';
import { ownValue } from '../selectors';

/** Distribution of the chosen clusters over the domains of one constraint. */
export class Topology {
  readonly constraint: SpreadConstraint;
  readonly maxSkew: number;
  readonly isHard: boolean;
  private readonly chosen = new Map<string, number>();

  /**
   * @param eligible - all fitting clusters; their values are the domains that
   *   are filled evenly
   */
  constructor(constraint: SpreadConstraint, eligible: readonly ClusterFacts[]) {
    this.constraint = constraint;
    this.maxSkew = Math.max(1, constraint.maxSkew ?? 1);
    this.isHard = constraint.whenUnsatisfiable === 'DoNotSchedule';
    for (const cluster of eligible) {
      const domain = this.domainOf(cluster);
      if (domain !== undefined) this.chosen.set(domain, 0);
    }
  }

  /** The cluster's value under the topology key; undefined where it has none. */
  domainOf({ labels, claims }: ClusterFacts): string | undefined {
    const { topologyKey, topologyKeyType } = this.constraint;
    return ownValue(topologyKeyType === 'Claim' ? claims : labels, topologyKey);
  }

  /** Difference between the cluster's domain and the emptiest one if it were chosen too; infinite without a domain. */
  skewWith(cluster: ClusterFacts): number {
    const domain = this.domainOf(cluster);
    if (domain === undefined) return Infinity;
    const after = (this.chosen.get(domain) ?? 0) + 1;
    let least = after;
    for (const [other, count] of this.chosen) {
      if (other !== domain && count < least) least = count;
    }
    return after - least;
  }

  admits(cluster: ClusterFacts): boolean {
    return !this.isHard || this.skewWith(cluster) <= this.maxSkew;
  }

  add(cluster: ClusterFacts): void {
    const domain = this.domainOf(cluster);
    if (domain !== undefined)
      this.chosen.set(domain, (this.chosen.get(domain) ?? 0) + 1);
  }

  /** Difference between the fullest and the emptiest domain; 0 without domains. */
  skew(): number {
    const counts = [...this.chosen.values()];
    return counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts);
  }
}
