import type { Hypothesis } from './applyHypothesis';
import type { WhatIfAnswer } from './askWhatIf';

/** The answer in one sentence: what is asked, how many apps move, and what would be worse than now. */
export function describeWhatIf(
  { moves, lostSpread, noRoom, stays }: WhatIfAnswer,
  hypotheses: readonly Hypothesis[],
): string {
  const isOne = hypotheses.length === 1;
  const subject = capital(
    hypotheses.length === 0
      ? 'changing nothing'
      : joinWords(hypotheses.map(describeHypothesis)),
  );
  const verb = isOne || hypotheses.length === 0 ? 'moves' : 'together move';
  const short = new Set(noRoom.map(({ app }) => app)).size;
  const uneven = new Set(lostSpread.map(({ app }) => app)).size;
  if (moves.length + short + uneven === 0) {
    const all = stays.length === 1 ? 'the one app stays' : 'all apps stay';
    return stays.length === 0
      ? `${subject} ${verb} nothing: no app runs yet`
      : `${subject} ${verb} nothing: ${all} where ${
          stays.length === 1 ? 'it is' : 'they are'
        }`;
  }
  const copies = moves.reduce(
    (sum, move) => sum + (move.copies?.moving ?? 0),
    0,
  );
  const inCopies =
    copies === 0 ? '' : ` (${copies} ${copies === 1 ? 'copy' : 'copies'})`;
  const parts = [
    `${subject} ${verb} ${
      moves.length === 0 ? 'nothing' : count(moves.length, 'app') + inCopies
    }`,
    ...(short > 0
      ? [`${short} ${short === 1 ? 'finds' : 'find'} no room`]
      : []),
    ...(uneven > 0
      ? [`${uneven} ${uneven === 1 ? 'is' : 'are'} spread less evenly`]
      : []),
  ];
  return parts.join(', ');
}

/** One change as it stands in a sentence: `draining eu-1`. */
export function describeHypothesis(hypothesis: Hypothesis): string {
  switch (hypothesis.kind) {
    case 'cordon':
      return `cordoning ${hypothesis.cluster}`;
    case 'drain':
      return `draining ${hypothesis.cluster}`;
    case 'uncordon':
      return `uncordoning ${hypothesis.cluster}`;
    case 'lose':
      return `losing ${hypothesis.cluster}`;
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
      return `running ${describeBlueprint(hypothesis)} wherever ${
        hypothesis.running
      } runs`;
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

function joinWords(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}
