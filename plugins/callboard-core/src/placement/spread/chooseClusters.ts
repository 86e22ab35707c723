import type {
  ClusterFacts,
  SpreadConstraint,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../selectors';
import { Topology } from './Topology';

export interface Candidate {
  cluster: ClusterFacts;
  score: number;
  /** It keeps its place before any other is chosen. */
  held: boolean;
}

export interface Choice {
  chosen: Candidate[];
  /** Fitting clusters that were not chosen, best first. */
  left: Candidate[];
  /** State after the choice, one per constraint. */
  topologies: Topology[];
}

/**
 * Chooses clusters one by one: those that stay first, then the one that keeps
 * the spread most even, then the best score, ties by name. A constraint with
 * `DoNotSchedule` is never violated; one with `ScheduleAnyway` is kept as far
 * as possible.
 */
export function chooseClusters(
  candidates: readonly Candidate[],
  constraints: readonly SpreadConstraint[],
  wanted: number,
): Choice {
  const eligible = candidates.map(({ cluster }) => cluster);
  const topologies = constraints.map(
    constraint => new Topology(constraint, eligible),
  );
  const left = [...candidates].sort(compareCandidates);
  const chosen: Candidate[] = [];
  while (chosen.length < wanted) {
    const next = bestIndex(left, topologies);
    if (next < 0) break;
    const [candidate] = left.splice(next, 1);
    topologies.forEach(topology => topology.add(candidate.cluster));
    chosen.push(candidate);
  }
  return { chosen, left, topologies };
}

function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.held !== b.held) return a.held ? -1 : 1;
  return b.score - a.score || compareText(a.cluster.name, b.cluster.name);
}

/** Candidates come best first, so that only a more even spread is better than an earlier one. */
function bestIndex(
  left: readonly Candidate[],
  topologies: readonly Topology[],
): number {
  if (topologies.length === 0) return left.length > 0 ? 0 : -1;
  let best = -1;
  let bestExcess = Infinity;
  for (let index = 0; index < left.length; index += 1) {
    const { cluster, held } = left[index];
    if (best >= 0 && left[best].held && !held) break;
    if (!topologies.every(topology => topology.admits(cluster))) continue;
    const excess = excessOf(cluster, topologies);
    if (best < 0 || excess < bestExcess) {
      best = index;
      bestExcess = excess;
    }
  }
  return best;
}

/** Returns by how much the soft constraints would be exceeded in sum. */
function excessOf(
  cluster: ClusterFacts,
  topologies: readonly Topology[],
): number {
  let excess = 0;
  for (const topology of topologies) {
    if (!topology.isHard)
      excess += Math.max(0, topology.skewWith(cluster) - topology.maxSkew);
  }
  return excess;
}
