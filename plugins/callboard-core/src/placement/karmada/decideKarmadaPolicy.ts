import type {
  PlacementDecision,
  PlacementReason,
  PlacementReasonOf,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../selectors';
import { divideReplicas } from './divideReplicas';
import { filterCluster } from './filterCluster';
import { findKarmadaRemedy } from './findKarmadaRemedy';
import { type Candidate, scoreCandidates } from './scoreCandidates';
import { selectClusters } from './selectClusters';
import type { ClusterAffinity, KarmadaInput, TargetCluster } from './types';

/** One attempt, with one affinity. */
interface Attempt {
  affinity: ClusterAffinity | undefined;
  refused: Map<string, PlacementReason[]>;
  candidates: Candidate[];
  selected: Candidate[];
  /** The engine's result, or why it refuses. */
  outcome:
    | { kind: 'placed'; targets: TargetCluster[] }
    | { kind: 'refused'; why: string };
}

/**
 * Decides as Karmada's scheduler does on a propagation policy, with our
 * reasons. Of several affinities the first that succeeds is used; when none
 * does, nothing is chosen and the note gives the reason.
 */
export function decideKarmadaPolicy(input: KarmadaInput): PlacementDecision {
  const { affinities } = input.placement;
  const tries = affinities.length > 0 ? affinities : [undefined];
  let attempt = tryAffinity(input, tries[0]);
  for (const affinity of tries.slice(1)) {
    if (attempt.outcome.kind === 'placed') break;
    attempt = tryAffinity(input, affinity);
  }
  return writeDecision(input, attempt);
}

function tryAffinity(
  input: KarmadaInput,
  affinity: ClusterAffinity | undefined,
): Attempt {
  const refused = new Map<string, PlacementReason[]>();
  const feasible = input.clusters.filter(cluster => {
    const reasons = filterCluster(cluster, affinity, input);
    if (reasons.length > 0) refused.set(cluster.name, reasons);
    return reasons.length === 0;
  });
  const candidates = scoreCandidates(feasible, input);
  const refuse = (why: string): Attempt => ({
    affinity,
    refused,
    candidates,
    selected: [],
    outcome: { kind: 'refused', why },
  });
  if (candidates.length === 0) return refuse('no cluster fits');
  const selection = selectClusters(candidates, input);
  if (selection.kind === 'refused') return refuse(selection.why);
  const selected = selection.candidates;
  if (selected.length === 0)
    return refuse('the spread constraints leave no cluster');
  if (input.workload.replicas === 0) {
    const targets = input.workload.asksOfNodes
      ? []
      : selected.map(({ cluster }) => ({ name: cluster.name, replicas: 0 }));
    return {
      affinity,
      refused,
      candidates,
      selected,
      outcome: { kind: 'placed', targets },
    };
  }
  const division = divideReplicas(selected, input);
  if (division.kind === 'refused') return refuse(division.why);
  return {
    affinity,
    refused,
    candidates,
    selected,
    outcome: { kind: 'placed', targets: division.targets },
  };
}

function writeDecision(
  input: KarmadaInput,
  attempt: Attempt,
): PlacementDecision {
  const { outcome, affinity } = attempt;
  const targets = outcome.kind === 'placed' ? outcome.targets : [];
  const notes: PlacementReason[] = [];
  if (outcome.kind === 'refused')
    notes.push({ rule: 'unschedulable', facts: { why: outcome.why } });
  if (affinity?.affinityName)
    notes.push({
      rule: 'affinity-taken',
      facts: { affinity: affinity.affinityName },
    });
  const known = new Set(input.clusters.map(({ name }) => name));
  const gone = targets.filter(({ name }) => !known.has(name));
  const verdicts = [
    ...input.clusters.map(({ name }) =>
      verdictOn(name, input, { attempt, targets }),
    ),
    ...gone.map(target => verdictOnUnfit(target, [])),
  ];
  return {
    satisfied: outcome.kind === 'placed',
    chosen: targets.map(({ name }) => name).sort(compareText),
    notes,
    verdicts: verdicts.sort(compareVerdicts),
  };
}

function verdictOn(
  cluster: string,
  input: KarmadaInput,
  { attempt, targets }: { attempt: Attempt; targets: readonly TargetCluster[] },
): PlacementVerdict {
  const target = targets.find(({ name }) => name === cluster);
  const reasons = attempt.refused.get(cluster);
  if (reasons !== undefined) {
    if (target !== undefined) return verdictOnUnfit(target, reasons);
    const remedy = findKarmadaRemedy(cluster, attempt.affinity, input);
    return { cluster, verdict: 'refused', reasons, ...(remedy && { remedy }) };
  }
  const candidate = attempt.candidates.find(
    ({ cluster: { name } }) => name === cluster,
  );
  const { score = 0, capacity = 0 } = candidate ?? {};
  const facts: PlacementReasonOf<'not-selected'>['facts'] =
    input.workload.replicas > 0 ? { capacity } : {};
  if (target === undefined) {
    const isSelected = attempt.selected.some(
      ({ cluster: { name } }) => name === cluster,
    );
    const rule = isSelected ? 'no-replicas' : 'not-selected';
    return { cluster, verdict: 'spare', score, reasons: [{ rule, facts }] };
  }
  const stays: PlacementReason[] =
    score > 0 ? [{ rule: 'stay-put', facts: {} }] : [];
  if (input.workload.replicas === 0) {
    return {
      cluster,
      verdict: 'chosen',
      score,
      reasons: [...stays, { rule: 'fits', facts: {} }],
    };
  }
  const { replicas } = target;
  const share: PlacementReason = {
    rule: 'replicas',
    facts: { replicas, capacity },
  };
  return {
    cluster,
    verdict: 'chosen',
    score,
    reasons: [...stays, share],
    replicas,
  };
}

/** The engine scales existing replicas down in proportion, even on clusters that no longer fit. */
function verdictOnUnfit(
  { name, replicas }: TargetCluster,
  reasons: PlacementReason[],
): PlacementVerdict {
  return {
    cluster: name,
    verdict: 'chosen',
    score: 0,
    reasons: [{ rule: 'scaled-down', facts: { replicas } }, ...reasons],
    replicas,
  };
}

const VERDICT_ORDER = { chosen: 0, spare: 1, refused: 2 } as const;

function compareVerdicts(a: PlacementVerdict, b: PlacementVerdict): number {
  return (
    VERDICT_ORDER[a.verdict] - VERDICT_ORDER[b.verdict] ||
    compareText(a.cluster, b.cluster)
  );
}
