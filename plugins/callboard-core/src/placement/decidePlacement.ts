import type {
  PlacementDecision,
  PlacementReason,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { judgeCluster, type ClusterJudgement } from './judgeCluster';
import { findRemedy } from './remedy';
import { PLACEMENT_RULES } from './rules';
import { compareText } from './selectors';
import { type Candidate, type Choice, chooseClusters } from './spread';
import type { PlacementInput, RuleContext } from './types';

/** Score of a cluster where it runs already. Source: OCM's prioritizer Steady. */
const STEADY_SCORE = 100;

type Fit = Extract<ClusterJudgement, { kind: 'fits' }>;

/**
 * Decides on which clusters an app runs, with its whole working: one verdict for every cluster.
 *
 * Clusters where it ran before stay while they fit (rule stay-put). Where fewer
 * fit than wanted it takes those, and `satisfied` is false. Never looks at health.
 */
export function decidePlacement(
  input: PlacementInput,
  now: Date,
): PlacementDecision {
  const { spec, requires, clusters } = input;
  const previous = new Set(input.previous);
  const contextOf = (cluster: string): RuleContext => ({
    spec,
    requires,
    held: previous.has(cluster),
    now,
  });
  const judgements = clusters.map(cluster =>
    judgeCluster(cluster, PLACEMENT_RULES, contextOf(cluster.name)),
  );
  const fits = judgements.filter(
    (judgement): judgement is Fit => judgement.kind === 'fits',
  );
  const choice = chooseClusters(
    fits.map(({ cluster }) => candidateFor(cluster, previous)),
    spec.spreadPolicy?.spreadConstraints ?? [],
    spec.numberOfClusters ?? fits.length,
  );
  const notesOf = new Map(
    fits.map(({ cluster, notes }) => [cluster.name, notes]),
  );
  const verdicts = [
    ...choice.chosen.map(candidate =>
      chosenVerdict(candidate, choice, notesOf),
    ),
    ...choice.left.map(candidate =>
      leftVerdict(candidate, choice, spec.numberOfClusters),
    ),
    ...judgements.flatMap(judgement =>
      judgement.kind === 'refused'
        ? [refusedVerdict(judgement, contextOf(judgement.cluster.name))]
        : [],
    ),
  ].sort(compareVerdicts);
  return summarise(verdicts, choice, spec.numberOfClusters);
}

function candidateFor(
  cluster: Candidate['cluster'],
  previous: Set<string>,
): Candidate {
  const held = previous.has(cluster.name);
  return { cluster, held, score: held ? STEADY_SCORE : 0 };
}

function chosenVerdict(
  { cluster, score, held }: Candidate,
  { topologies }: Choice,
  notesOf: Map<string, PlacementReason[]>,
): PlacementVerdict {
  const stays: PlacementReason[] = held
    ? [{ rule: 'stay-put', facts: {} }]
    : [];
  const spread = topologies.flatMap((topology): PlacementReason[] => {
    const domain = topology.domainOf(cluster);
    const { topologyKey } = topology.constraint;
    return domain === undefined
      ? []
      : [{ rule: 'spread', facts: { topologyKey, domain } }];
  });
  const reasons = [...stays, ...(notesOf.get(cluster.name) ?? []), ...spread];
  return {
    cluster: cluster.name,
    verdict: 'chosen',
    score,
    reasons: reasons.length > 0 ? reasons : [{ rule: 'fits', facts: {} }],
  };
}

/** A cluster that fits but was not taken: there are enough, or it would break the spread. */
function leftVerdict(
  { cluster, score }: Candidate,
  { chosen, topologies }: Choice,
  wanted: number | undefined,
): PlacementVerdict {
  if (wanted !== undefined && chosen.length >= wanted) {
    const reason = { rule: 'number-of-clusters', facts: { wanted, score } };
    return {
      cluster: cluster.name,
      verdict: 'spare',
      score,
      reasons: [reason],
    };
  }
  const broken = topologies.filter(topology => !topology.admits(cluster));
  const factsOf = broken.map(topology => ({
    topologyKey: topology.constraint.topologyKey,
    domain: topology.domainOf(cluster) ?? '',
    skew: topology.skewWith(cluster),
    maxSkew: topology.maxSkew,
  }));
  const remedy = remedyForSpread(factsOf);
  return {
    cluster: cluster.name,
    verdict: 'refused',
    reasons: factsOf.map(({ skew, ...facts }) => ({
      rule: 'keeps-spread',
      facts: Number.isFinite(skew) ? { ...facts, skew } : facts,
    })),
    ...(remedy && { remedy }),
  };
}

function remedyForSpread(
  broken: ReadonlyArray<{ topologyKey: string; skew: number }>,
): PlacementReason | undefined {
  const changes = broken.map(({ topologyKey, skew }) => ({
    rule: 'raise-max-skew',
    facts: { topologyKey, maxSkew: skew },
  }));
  if (
    changes.length === 0 ||
    changes.some(({ facts }) => !Number.isFinite(facts.maxSkew))
  ) {
    return undefined;
  }
  const [first, ...and] = changes;
  return and.length > 0 ? { ...first, and } : first;
}

function refusedVerdict(
  judgement: Extract<ClusterJudgement, { kind: 'refused' }>,
  context: RuleContext,
): PlacementVerdict {
  const remedy = findRemedy(judgement, PLACEMENT_RULES, context);
  return {
    cluster: judgement.cluster.name,
    verdict: 'refused',
    reasons: judgement.reasons,
    ...(remedy && { remedy }),
  };
}

const VERDICT_ORDER = { chosen: 0, spare: 1, refused: 2 } as const;

function compareVerdicts(a: PlacementVerdict, b: PlacementVerdict): number {
  return (
    VERDICT_ORDER[a.verdict] - VERDICT_ORDER[b.verdict] ||
    compareText(a.cluster, b.cluster)
  );
}

function summarise(
  verdicts: PlacementVerdict[],
  { topologies }: Choice,
  wanted: number | undefined,
): PlacementDecision {
  const chosen = verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster);
  const satisfied = chosen.length >= (wanted ?? 1);
  const notes: PlacementReason[] = [];
  if (!satisfied) {
    notes.push({
      rule: 'too-few-clusters',
      facts: { wanted: wanted ?? 1, found: chosen.length },
    });
  }
  for (const topology of topologies) {
    const { topologyKey } = topology.constraint;
    const skew = topology.skew();
    if (!topology.isHard && skew > topology.maxSkew) {
      notes.push({
        rule: 'spread-not-kept',
        facts: { topologyKey, skew, maxSkew: topology.maxSkew },
      });
    }
  }
  return {
    satisfied,
    ...(wanted !== undefined && { wanted }),
    chosen,
    notes,
    verdicts,
  };
}
