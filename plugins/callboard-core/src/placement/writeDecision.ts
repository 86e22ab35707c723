import type {
  ClusterFacts,
  PlacementDecision,
  PlacementChange,
  PlacementReason,
  PlacementReasonOf,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import type { Grouped } from './groups';
import { judgeCluster, type ClusterJudgement } from './judgeCluster';
import { findRemedy, joinChanges } from './remedy';
import { divideOverChosen } from './replicas/divideOverChosen';
import type { ClusterScore } from './scoreClusters';
import { compareText } from './selectors';
import type { Candidate, Choice } from './spread';
import type { PlacementInput, PlacementProfile, RuleContext } from './types';

/** All intermediate results of a decision. */
export interface Working {
  input: PlacementInput;
  profile: PlacementProfile;
  judgements: readonly ClusterJudgement[];
  choice: Choice;
  /** In the order of the judgements. */
  scores: readonly ClusterScore[];
  grouping: Grouped;
  contextOf(cluster: ClusterFacts): RuleContext;
}

/** Writes the decision: chosen clusters, then spare, then refused ones, each by name. */
export function writeDecision(working: Working): PlacementDecision {
  const { input, choice } = working;
  const groupOf = groupNames(working);
  const verdicts = [
    ...fittingVerdicts(working, groupOf),
    ...working.judgements.flatMap(judgement =>
      judgement.kind === 'refused' ? [refusedVerdict(judgement, working)] : [],
    ),
  ];
  const divided = divideOverChosen(verdicts, input, name =>
    takesMore(name, working),
  );
  const wanted = input.spec.numberOfClusters;
  const chosen = divided.verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster)
    .sort(compareText);
  const satisfied =
    choice.chosen.length >= (wanted ?? 1) && divided.notes.length === 0;
  return {
    satisfied,
    ...(wanted !== undefined && { wanted }),
    chosen,
    notes: [...notesOf(working), ...divided.notes],
    verdicts: divided.verdicts.sort(compareVerdicts),
  };
}

/** Returns whether a cluster would accept an app that does not run there yet. */
function takesMore(
  name: string,
  { input, profile, contextOf }: Working,
): boolean {
  const cluster = input.clusters.find(each => each.name === name);
  return (
    cluster !== undefined &&
    judgeCluster(cluster, profile.rules, {
      ...contextOf(cluster),
      held: false,
      kept: false,
    }).kind === 'fits'
  );
}

/** Returns the decision for a misconfigured placement: nothing is chosen, and every cluster has the reason. */
export function misconfiguredDecision(
  { spec, clusters }: PlacementInput,
  why: string,
  next?: string,
): PlacementDecision {
  const reason: PlacementReason = {
    rule: 'misconfigured',
    facts: { why, ...(next !== undefined && { next }) },
  };
  return {
    satisfied: false,
    ...(spec.numberOfClusters !== undefined && {
      wanted: spec.numberOfClusters,
    }),
    chosen: [],
    notes: [reason],
    verdicts: clusters
      .map(
        ({ name }): PlacementVerdict => ({
          cluster: name,
          verdict: 'refused',
          reasons: [reason],
        }),
      )
      .sort(compareVerdicts),
  };
}

function fittingVerdicts(
  working: Working,
  groupOf: Map<string, string>,
): PlacementVerdict[] {
  const { input, judgements, choice, scores } = working;
  const chosen = new Set(choice.chosen.map(({ cluster }) => cluster.name));
  const candidates = new Map(
    [...choice.chosen, ...choice.left].map(candidate => [
      candidate.cluster.name,
      candidate,
    ]),
  );
  let row = -1;
  return judgements.flatMap(judgement => {
    if (judgement.kind === 'refused') return [];
    row += 1;
    const { name } = judgement.cluster;
    const candidate = candidates.get(name);
    if (candidate === undefined) return [];
    if (!chosen.has(name))
      return [leftVerdict(candidate, scores[row], working)];
    const group = groupOf.get(name);
    const verdict = chosenVerdict(candidate, scores[row], {
      notes: judgement.notes,
      choice,
      isReturning: input.returning?.includes(name) ?? false,
    });
    return [group === undefined ? verdict : { ...verdict, group }];
  });
}

function chosenVerdict(
  { cluster, score, held }: Candidate,
  { parts }: ClusterScore,
  {
    notes,
    choice,
    isReturning,
  }: { notes: PlacementReason[]; choice: Choice; isReturning: boolean },
): PlacementVerdict {
  const spread = choice.topologies.flatMap((topology): PlacementReason[] => {
    const domain = topology.domainOf(cluster);
    const { topologyKey } = topology.constraint;
    return domain === undefined
      ? []
      : [{ rule: 'spread', facts: { topologyKey, domain } }];
  });
  const stay: PlacementReason = {
    rule: isReturning ? 'comes-back' : 'stay-put',
    facts: {},
  };
  const reasons = [
    ...(held ? [stay] : []),
    ...notes,
    ...spread,
    ...parts.map(describeScore),
  ];
  return {
    cluster: cluster.name,
    verdict: 'chosen',
    score,
    reasons: reasons.length > 0 ? reasons : [{ rule: 'fits', facts: {} }],
  };
}

function describeScore(part: ClusterScore['parts'][number]): PlacementReason {
  return { rule: 'score', facts: { ...part } };
}

/** Returns the verdict on a cluster that fits but was not chosen: there are enough, or it would violate the spread. */
function leftVerdict(
  { cluster, score }: Candidate,
  { parts }: ClusterScore,
  { input, choice }: Working,
): PlacementVerdict {
  const wanted = input.spec.numberOfClusters;
  if (wanted !== undefined && choice.chosen.length >= wanted) {
    const reason: PlacementReason = {
      rule: 'number-of-clusters',
      facts: { wanted, score },
    };
    return {
      cluster: cluster.name,
      verdict: 'spare',
      score,
      reasons: [reason, ...parts.map(describeScore)],
    };
  }
  return brokenSpreadVerdict(cluster, choice);
}

function brokenSpreadVerdict(
  cluster: ClusterFacts,
  { topologies }: Choice,
): PlacementVerdict {
  const broken = topologies.filter(topology => !topology.admits(cluster));
  const reasons = broken.map((topology): PlacementReasonOf<'keeps-spread'> => {
    const { topologyKey } = topology.constraint;
    const skew = topology.skewWith(cluster);
    const facts = {
      topologyKey,
      domain: topology.domainOf(cluster) ?? '',
      maxSkew: topology.maxSkew,
    };
    return {
      rule: 'keeps-spread',
      facts: Number.isFinite(skew) ? { ...facts, skew } : facts,
    };
  });
  const changes = reasons.flatMap(({ facts }): PlacementChange[] => {
    const { topologyKey, skew } = facts;
    return skew === undefined
      ? []
      : [{ rule: 'raise-max-skew', facts: { topologyKey, maxSkew: skew } }];
  });
  const remedy =
    changes.length === reasons.length ? joinChanges(changes) : undefined;
  return {
    cluster: cluster.name,
    verdict: 'refused',
    reasons,
    ...(remedy && { remedy }),
  };
}

function refusedVerdict(
  judgement: Extract<ClusterJudgement, { kind: 'refused' }>,
  { profile, contextOf }: Working,
): PlacementVerdict {
  const remedy = findRemedy(
    judgement,
    profile.rules,
    contextOf(judgement.cluster),
  );
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

/** `"index name"` per chosen cluster; empty where no groups were requested. */
function groupNames({ input, grouping }: Working): Map<string, string> {
  const isGrouped = input.spec.decisionStrategy?.groupStrategy !== undefined;
  return new Map(
    isGrouped
      ? grouping.groups.flatMap(({ index, name, clusters }) =>
          clusters.map((cluster): [string, string] => [
            cluster,
            `${index} ${name}`,
          ]),
        )
      : [],
  );
}

function notesOf({ input, profile, choice }: Working): PlacementReason[] {
  const notes: PlacementReason[] = [];
  const wanted = input.spec.numberOfClusters ?? 1;
  if (choice.chosen.length < wanted) {
    notes.push({
      rule: 'too-few-clusters',
      facts: { wanted, found: choice.chosen.length },
    });
  }
  if (!profile.keepsSpread && input.spec.spreadPolicy !== undefined) {
    notes.push({ rule: 'ignored-field', facts: { field: 'spreadPolicy' } });
  }
  for (const topology of choice.topologies) {
    const { topologyKey } = topology.constraint;
    const skew = topology.skew();
    if (!topology.isHard && skew > topology.maxSkew) {
      notes.push({
        rule: 'spread-not-kept',
        facts: { topologyKey, skew, maxSkew: topology.maxSkew },
      });
    }
  }
  return notes;
}
