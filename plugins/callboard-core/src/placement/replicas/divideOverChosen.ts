import type {
  ClusterFacts,
  PlacementReason,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { divideReplicas } from '../karmada/divideReplicas';
import { readDivision } from '../karmada/readKarmadaPolicy';
import type { Candidate } from '../karmada/scoreCandidates';
import type { KarmadaInput } from '../karmada/types';
import type { PlacementInput } from '../types';

/** What dividing changes of a decision. */
export interface Divided {
  verdicts: PlacementVerdict[];
  notes: PlacementReason[];
}

const RESOURCES = ['cpuMillicores', 'memoryBytes', 'pods'] as const;

/**
 * Divides copies over the chosen clusters as Karmada divides them. A cluster
 * that gets none is spare; where there is not room for all, there are as many as there is room for.
 */
export function divideOverChosen(
  verdicts: PlacementVerdict[],
  input: PlacementInput,
): Divided {
  const { spec, replicas = 0 } = input;
  if (spec.replicaScheduling === undefined || replicas === 0)
    return { verdicts, notes: [] };
  const chosen = verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster);
  const candidates = chosen.map(name => candidateFor(name, input));
  const divide = (count: number) =>
    divideReplicas(candidates, questionFor(count, chosen, input));
  const all = divide(replicas);
  const found = all.kind === 'divided' ? replicas : roomIn(candidates, input);
  const division = all.kind === 'divided' ? all : divide(found);
  const targets =
    division.kind === 'divided' && found > 0 ? division.targets : [];
  const copies = new Map(
    targets.map(({ name, replicas: share }) => [name, share]),
  );
  return {
    verdicts: verdicts.map(verdict => withCopies(verdict, copies)),
    notes:
      found < replicas
        ? [{ rule: 'too-few-replicas', facts: { wanted: replicas, found } }]
        : [],
  };
}

function withCopies(
  verdict: PlacementVerdict,
  copies: Map<string, number>,
): PlacementVerdict {
  if (verdict.verdict !== 'chosen') return verdict;
  const replicas = copies.get(verdict.cluster);
  if (replicas !== undefined) return { ...verdict, replicas };
  const { group: _, ...rest } = verdict;
  return {
    ...rest,
    verdict: 'spare',
    reasons: [{ rule: 'no-replicas', facts: {} }],
  };
}

/** What is on clusters that are no longer chosen is missing, and is divided anew. */
function questionFor(
  replicas: number,
  chosen: readonly string[],
  { spec, previousReplicas = {} }: PlacementInput,
): KarmadaInput {
  const division = readDivision(spec.replicaScheduling);
  return {
    placement: { affinities: [], tolerations: [], spread: [], division },
    workload: { replicas, requests: {} },
    clusters: [],
    previous: Object.entries(previousReplicas)
      .filter(([name]) => chosen.includes(name))
      .map(([name, held]) => ({ name, replicas: held })),
  };
}

function candidateFor(name: string, input: PlacementInput): Candidate {
  const facts = input.clusters.find(cluster => cluster.name === name);
  const room = facts === undefined ? 0 : roomOn(facts, input);
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
    room,
    available: room,
  };
}

/** As many copies as fit; where that is not known, all of them do. */
function roomOn(
  { free }: ClusterFacts,
  { needs, replicas = 0 }: PlacementInput,
): number {
  const limits = RESOURCES.flatMap(resource => {
    const [room, need] = [free?.[resource], needs?.[resource]];
    return room === undefined || need === undefined || need === 0
      ? []
      : [Math.max(0, Math.floor(room / need))];
  });
  return limits.length === 0 ? replicas : Math.min(...limits);
}

/** What is there and what more would fit. */
function roomIn(
  candidates: readonly Candidate[],
  { previousReplicas = {} }: PlacementInput,
): number {
  return candidates.reduce(
    (sum, { cluster, room }) =>
      sum + room + (previousReplicas[cluster.name] ?? 0),
    0,
  );
}
