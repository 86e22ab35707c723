import { countOf, listOf } from '@callboard/plugin-callboard-common';
import type { Hypothesis } from './applyHypothesis';
import type { WhatIfAnswer } from './askWhatIf';
import { partitionApps } from './partitionApps';

const GERUNDS = {
  cordon: 'cordoning',
  drain: 'draining',
  uncordon: 'uncordoning',
  lose: 'losing',
};
const MOST_NAMES = 5; // clusters named per kind of change

const NONE = { moves: [], lostSpread: [], shortages: [], stays: [] };

/**
 * Describes a what-if in one sentence: the change, how many apps move, and what
 * would be worse than now. Apps are counted once, however many environments
 * they have.
 */
export function describeWhatIf(
  answer: Pick<WhatIfAnswer, 'moves' | 'lostSpread' | 'shortages' | 'stays'>,
  hypotheses: readonly Hypothesis[],
): string {
  const { moves, lostSpread, affected, stay } = partitionApps(answer);
  const subject = capital(describeAll(hypotheses));
  const verb =
    hypotheses.length > 1 && !isOneKind(hypotheses) ? 'together move' : 'moves';
  if (affected.length === 0)
    return `${subject} ${verb} no app: ${describeStaying(stay.length)}`;
  const instances = answer.moves.reduce(
    (sum, move) => sum + (move.replicas?.moving ?? 0),
    0,
  );
  const inInstances =
    instances === 0 ? '' : ` (${countOf(instances, 'instance')})`;
  const worse = [
    ...describeShort(answer.shortages),
    ...(lostSpread.length > 0
      ? [
          `${lostSpread.length} ${
            lostSpread.length === 1 ? 'is' : 'are'
          } spread less evenly`,
        ]
      : []),
  ];
  const head = `${subject} ${verb} ${countOf(
    moves.length,
    'app',
  )}${inInstances}`;
  return worse.length === 0
    ? head
    : `${head}${moves.length === 0 ? ': ' : '; '}${worse.join(', ')}`;
}

/** `cordoning eu-1, eu-2 and us-1`; several kinds each with their own verb. */
function describeAll(hypotheses: readonly Hypothesis[]): string {
  if (hypotheses.length === 0) return 'changing nothing';
  if (!isOneKind(hypotheses))
    return listOf(hypotheses.map(describeHypothesis), hypotheses.length);
  const [{ kind }] = hypotheses;
  return `${GERUNDS[kind]} ${listOf(
    hypotheses.map(({ cluster }) => cluster),
    MOST_NAMES,
  )}`;
}

type OfCluster = Extract<Hypothesis, { kind: keyof typeof GERUNDS }>;

/** Returns whether all hypotheses are the same change of clusters. */
function isOneKind(
  hypotheses: readonly Hypothesis[],
): hypotheses is [OfCluster, ...OfCluster[]] {
  const [first] = hypotheses;
  return (
    first !== undefined &&
    first.kind in GERUNDS &&
    hypotheses.every(({ kind }) => kind === first.kind)
  );
}

function describeStaying(count: number): string {
  if (count === 0) return 'none runs yet';
  return count === 1 ? 'the one there is stays' : `all ${count} stay`;
}

/** An app without another cluster stays on one that it should leave, or runs nowhere. */
function describeShort(shortages: WhatIfAnswer['shortages']): string[] {
  const nowhere = partitionApps({
    ...NONE,
    shortages: shortages.filter(
      ({ stuck, found }) => stuck.length > 0 || found === 0,
    ),
  }).shortages;
  const fewer = partitionApps({ ...NONE, shortages }).shortages.filter(
    app => !nowhere.includes(app),
  );
  return [
    ...(nowhere.length > 0
      ? [
          `${nowhere.length} ${
            nowhere.length === 1 ? 'has' : 'have'
          } nowhere else to run`,
        ]
      : []),
    ...(fewer.length > 0
      ? [
          `${fewer.length} ${
            fewer.length === 1 ? 'finds' : 'find'
          } fewer clusters than wanted`,
        ]
      : []),
  ];
}

/** Describes one change as part of a sentence: `draining eu-1`. */
function describeHypothesis(hypothesis: Hypothesis): string {
  switch (hypothesis.kind) {
    case 'cordon':
    case 'drain':
    case 'uncordon':
    case 'lose':
      return `${GERUNDS[hypothesis.kind]} ${hypothesis.cluster}`;
    case 'label':
      return hypothesis.value === undefined
        ? `taking label ${hypothesis.key} off ${hypothesis.cluster}`
        : `labelling ${hypothesis.cluster} ${hypothesis.key}=${hypothesis.value}`;
    case 'taint':
      return `tainting ${hypothesis.cluster} with ${hypothesis.taint.key}`;
    case 'untaint':
      return `taking taint ${hypothesis.key} off ${hypothesis.cluster}`;
    case 'blueprint':
      return `running ${describeBlueprint(hypothesis)} on ${
        hypothesis.cluster
      }`;
    case 'blueprint-of':
      return `running ${describeBlueprint(
        hypothesis,
      )} on every cluster that runs ${hypothesis.running}`;
    default:
      return `adding ${hypothesis.facts.name}`;
  }
}

function describeBlueprint({
  blueprint: { name, version },
}: {
  blueprint: { name: string; version: number };
}): string {
  return `${name} ${version}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
