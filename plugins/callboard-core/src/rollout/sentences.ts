import { assertNever } from './assertNever';
import { describeSpan } from '../time';
import type { Rollout, RolloutPhase } from './types';

/** What the rollout does now, in a developer's words. */
export function describePhase(
  phase: RolloutPhase,
  { purpose }: Pick<Rollout, 'purpose'>,
  now: Date,
): string {
  const verb = purpose === 'roll-back' ? 'Rolling back' : 'Rolling out';
  switch (phase.kind) {
    case 'applying':
      return `${verb}, wave ${phase.stage + 1}: ${joinWords(phase.clusters)}`;
    case 'soaking':
      return `Wave ${phase.stage + 1} runs; it is watched for ${describeSpan(
        phase.untilMs - now.getTime(),
      )} more`;
    case 'paused':
      return 'Paused: nothing new is started until someone resumes it';
    case 'halted': {
      const { cluster, why, failures, allowed } = phase.because;
      return `Halted at ${cluster}: ${why}. ${failures} failed, at most ${allowed} may; nothing new is started`;
    }
    case 'waiting-for-clusters':
      return `Waits for ${joinWords(
        phase.deferred,
      )}, which cannot be reached; everything else is done`;
    case 'aborted':
      return 'Aborted: clusters stay as they are until it is rolled back or promoted again';
    case 'done':
      return purpose === 'roll-back'
        ? 'Rolled back everywhere'
        : 'Rolled out everywhere';
    default:
      return assertNever(phase);
  }
}

function joinWords(words: readonly string[]): string {
  if (words.length > 5)
    return `${words.slice(0, 4).join(', ')} and ${words.length - 4} more`;
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
