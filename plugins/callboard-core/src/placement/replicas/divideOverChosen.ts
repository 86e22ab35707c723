import type {
  ClusterFacts,
  PlacementReason,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { divideReplicas } from '../karmada/divideReplicas';
import { readDivision } from '../karmada/readKarmadaPolicy';
import type { Candidate } from '../karmada/scoreCandidates';
import type { Division, KarmadaInput, TargetCluster } from '../karmada/types';
import type { PlacementInput } from '../types';

/** Changes of a decision by the division of replicas. */
export interface Divided {
  verdicts: PlacementVerdict[];
  notes: PlacementReason[];
}

const RESOURCES = ['cpuMillicores', 'memoryBytes', 'pods'] as const;

/**
 * Divides replicas over the chosen clusters as Karmada does. A cluster that
 * gets none is spare; where capacity is short, only as many replicas as fit are
 * given.
 *
 * @param takesMore - whether a chosen cluster takes new replicas; one that does
 *   not (cordoned, out of contact, to be left) keeps at most those it has
 */
export function divideOverChosen(
  verdicts: PlacementVerdict[],
  input: PlacementInput,
  takesMore: (cluster: string) => boolean = () => true,
): Divided {
  const { spec, replicas = 0 } = input;
  if (spec.replicaScheduling === undefined || replicas === 0)
    return { verdicts, notes: [] };
  const candidates = verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => candidateFor(cluster, input, takesMore));
  const division = readDivision(spec.replicaScheduling);
  const shares = divideAll(candidates, { replicas, division, input });
  const total = sumOf([...shares.values()]);
  const isShort = division.kind !== 'duplicated' && total < replicas;
  return {
    verdicts: verdicts.map(verdict =>
      withShare(verdict, shares, { division, input }),
    ),
    notes:
      isShort || candidates.length === 0
        ? [
            {
              rule: 'too-few-replicas',
              facts: { wanted: replicas, found: total },
            },
          ]
        : [],
  };
}

/** A chosen cluster, and whether it takes new replicas. */
type Taker = Candidate & { takesMore: boolean };

/** Returns the replicas by cluster, without clusters that get none. */
function divideAll(
  takers: readonly Taker[],
  question: { replicas: number; division: Division; input: PlacementInput },
): Map<string, number> {
  const { replicas, division, input } = question;
  if (division.kind === 'static') return divideByWeight(takers, question);
  const divide = (count: number) =>
    divideReplicas(takers, karmadaQuestion(count, takers, question));
  const all = divide(replicas);
  if (all.kind === 'divided') return replicasOf(all.targets);
  const found = capacityIn(takers, input);
  const most = divide(found);
  return replicasOf(most.kind === 'divided' && found > 0 ? most.targets : []);
}

/**
 * Weights ignore capacity. Clusters that take nothing new keep what they have,
 * and the others share the rest by their weights.
 */
function divideByWeight(
  takers: readonly Taker[],
  question: { replicas: number; division: Division; input: PlacementInput },
): Map<string, number> {
  const { replicas, input } = question;
  const divided = divideReplicas(
    takers,
    karmadaQuestion(replicas, takers, question),
  );
  const shares = replicasOf(divided.kind === 'divided' ? divided.targets : []);
  const held = (name: string) => input.previousReplicas?.[name] ?? 0;
  const full = takers.filter(
    ({ cluster: { name }, takesMore }) =>
      !takesMore && (shares.get(name) ?? 0) > held(name),
  );
  if (full.length === 0) return shares;
  const kept = full.map(({ cluster: { name } }): [string, number] => [
    name,
    held(name),
  ]);
  const rest = divideByWeight(
    takers.filter(taker => !full.includes(taker)),
    {
      ...question,
      replicas: replicas - sumOf(kept.map(([, count]) => count)),
    },
  );
  return new Map([...kept.filter(([, count]) => count > 0), ...rest]);
}

function replicasOf(targets: readonly TargetCluster[]): Map<string, number> {
  return new Map(targets.map(({ name, replicas }) => [name, replicas]));
}

function withShare(
  verdict: PlacementVerdict,
  shares: ReadonlyMap<string, number>,
  { division, input }: { division: Division; input: PlacementInput },
): PlacementVerdict {
  if (verdict.verdict !== 'chosen') return verdict;
  const replicas = shares.get(verdict.cluster);
  if (replicas !== undefined) {
    const of = input.replicas ?? 0;
    const kept = Math.min(
      replicas,
      input.previousReplicas?.[verdict.cluster] ?? 0,
    );
    const share: PlacementReason = {
      rule: 'shares-replicas',
      facts: { replicas, of, kept, by: division.kind },
    };
    const reasons =
      division.kind === 'duplicated'
        ? verdict.reasons
        : [share, ...verdict.reasons.filter(({ rule }) => rule !== 'fits')];
    return { ...verdict, reasons, replicas };
  }
  const { group: _, ...rest } = verdict;
  return {
    ...rest,
    verdict: 'spare',
    reasons: [{ rule: 'no-replicas', facts: { by: division.kind } }],
  };
}

/** Replicas on clusters that are no longer chosen are missing, and are divided again. */
function karmadaQuestion(
  replicas: number,
  takers: readonly Taker[],
  { division, input }: { division: Division; input: PlacementInput },
): KarmadaInput {
  const names = new Set(takers.map(({ cluster }) => cluster.name));
  return {
    placement: { affinities: [], tolerations: [], spread: [], division },
    workload: { replicas, requests: {} },
    clusters: [],
    previous: Object.entries(input.previousReplicas ?? {})
      .filter(([name]) => names.has(name))
      .map(([name, held]) => ({ name, replicas: held })),
  };
}

function candidateFor(
  name: string,
  input: PlacementInput,
  takesMoreOn: (cluster: string) => boolean,
): Taker {
  const facts = input.clusters.find(cluster => cluster.name === name);
  const takesMore = takesMoreOn(name);
  const capacity = facts && takesMore ? capacityOn(facts, input) : 0;
  return {
    cluster: {
      name,
      labels: facts?.labels ?? {},
      taints: [],
      zones: [],
      deleting: false,
      apis: new Set(),
    },
    score: 0,
    capacity,
    available: capacity,
    takesMore,
  };
}

/** Returns how many replicas fit; all where that is not known. */
function capacityOn(
  { free }: ClusterFacts,
  { needs, replicas = 0 }: PlacementInput,
): number {
  const limits = RESOURCES.flatMap(resource => {
    const [capacity, need] = [free?.[resource], needs?.[resource]];
    return capacity === undefined || need === undefined || need === 0
      ? []
      : [Math.max(0, Math.floor(capacity / need))];
  });
  return limits.length === 0 ? replicas : Math.min(...limits);
}

/** Returns the existing replicas and how many more fit. */
function capacityIn(
  takers: readonly Taker[],
  { previousReplicas = {} }: PlacementInput,
): number {
  return sumOf(
    takers.map(
      ({ cluster, capacity }) =>
        capacity + (previousReplicas[cluster.name] ?? 0),
    ),
  );
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
