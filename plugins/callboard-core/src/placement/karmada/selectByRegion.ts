import { countOf } from '@callboard/plugin-callboard-common';
import {
  type Candidate,
  type Selection,
  compareCandidates,
} from './scoreCandidates';
import { selectGroups } from './selectGroups';
import type { KarmadaInput, KarmadaSpread } from './types';

/** A region's capacity counts before its score. */
const WEIGHT_UNIT = 1000;

/**
 * Selects regions as groups by score: the best cluster of each first, then the
 * best of the rest up to the maximum of clusters.
 *
 * Source: karmada-io/karmada
 * pkg/scheduler/core/spreadconstraint/select_clusters_by_region.go and
 * group_clusters.go (1.16).
 */
export function selectByRegion(
  candidates: readonly Candidate[],
  { region, cluster }: { region: KarmadaSpread; cluster?: KarmadaSpread },
  input: KarmadaInput,
): Selection {
  const regions = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const name = candidate.cluster.region ?? '';
    regions.set(name, [...(regions.get(name) ?? []), candidate]);
  }
  if (regions.size < region.minGroups) {
    return {
      kind: 'refused',
      why: `${countOf(regions.size, 'region')} ${
        regions.size === 1 ? 'fits' : 'fit'
      }, at least ${region.minGroups} are wanted`,
    };
  }
  const groups = selectGroups(
    [...regions].map(([name, members]) => ({
      name,
      value: members.length,
      weight: scoreRegion(members, { region, cluster }, input),
    })),
    {
      least: region.minGroups,
      most: region.maxGroups,
      target: cluster?.minGroups ?? 0,
    },
  );
  if (groups.length === 0) {
    return {
      kind: 'refused',
      why: 'no combination of regions has as many clusters as wanted',
    };
  }
  const members = groups.map(({ name }) => regions.get(name) ?? []);
  const best = members.map(([first]) => first);
  const rest = members
    .flatMap(([, ...others]) => others)
    .sort(compareCandidates);
  const count = Math.min(best.length + rest.length, cluster?.maxGroups ?? 0);
  return {
    kind: 'selected',
    candidates: [...best, ...rest.slice(0, Math.max(0, count - best.length))],
  };
}

function scoreRegion(
  members: readonly Candidate[],
  { region, cluster }: { region: KarmadaSpread; cluster?: KarmadaSpread },
  { placement, workload }: KarmadaInput,
): number {
  return placement.division.kind === 'duplicated'
    ? scoreForReplicas(members, workload.replicas)
    : scoreForShare(members, {
        share: Math.ceil(workload.replicas / region.minGroups),
        least: Math.max(region.minGroups, cluster?.minGroups ?? 0),
      });
}

/** Every cluster must hold all replicas: counts those that can. */
function scoreForReplicas(
  members: readonly Candidate[],
  replicas: number,
): number {
  const able = members.filter(({ available }) => available >= replicas);
  if (able.length === 0) return 0;
  const sum = able.reduce((total, { score }) => total + score, 0);
  return able.length * WEIGHT_UNIT + Math.floor(sum / able.length);
}

/**
 * The region must hold its share: counts how much of it fits. The score is that
 * of the best clusters that hold it, at least as many as required.
 */
function scoreForShare(
  members: readonly Candidate[],
  { share, least }: { share: number; least: number },
): number {
  let available = 0;
  let sum = 0;
  let count = 0;
  for (const member of members) {
    available += member.available;
    sum += member.score;
    count += 1;
    if (count >= least && available >= share) break;
  }
  return Math.min(available, share) * WEIGHT_UNIT + Math.floor(sum / count);
}
