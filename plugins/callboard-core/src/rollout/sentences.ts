import { assertNever } from './assertNever';
import type { Rollout, RolloutPhase } from './types';

/** Of the rollout, beside its phase. */
export interface RolloutFacts {
  purpose: Rollout['purpose'];
  /** Position of the wave it is at, from 1. */
  wave: number;
  waves: number;
  /** Clusters that failed, tolerated or not. */
  failed: readonly string[];
  /** Whether clusters that can be reached wait for their turn. */
  isMoreToDo: boolean;
}

/** What the rollout does now, in a developer's words, without full stop. How long it still soaks is told where it ticks. */
export function describePhase(
  phase: RolloutPhase,
  { purpose, wave, waves, failed, isMoreToDo }: RolloutFacts,
): string {
  const verb = purpose === 'roll-back' ? 'Rolling back' : 'Rolling out';
  const position = waves > 1 ? `wave ${wave} of ${waves}` : '';
  switch (phase.kind) {
    case 'applying':
      return `${[verb, position].filter(Boolean).join(', ')}: ${joinWords(
        phase.clusters,
      )}`;
    case 'soaking':
      return `${
        capital(position) || 'It'
      } runs; it is watched before the rollout goes on`;
    case 'paused':
      return `Paused${
        position && ` in ${position}`
      }: nothing new is started until someone resumes it`;
    case 'halted': {
      const { cluster, why, failures, allowed } = phase.because;
      return `Halted at ${cluster}: ${why}. ${failures} failed, ${
        allowed === 0 ? 'none' : `at most ${allowed}`
      } may; nothing new is started`;
    }
    case 'waiting-for-clusters':
      return `Waits for ${joinWords(
        phase.deferred,
      )}, which cannot be reached; ${
        isMoreToDo
          ? 'the next wave starts when one of them runs well'
          : 'everything else is done'
      }`;
    case 'aborted':
      return 'Aborted: clusters stay as they are until it is rolled back or a release is promoted';
    case 'done':
      return `${purpose === 'roll-back' ? 'Rolled back' : 'Rolled out'} ${
        failed.length === 0
          ? 'everywhere'
          : `except on ${joinWords(failed)}, where it failed`
      }`;
    default:
      return assertNever(phase);
  }
}

/** `eu-1, us-1 and ap-1`; of many the first four. */
export function joinWords(words: readonly string[]): string {
  if (words.length > 5)
    return `${words.slice(0, 4).join(', ')} and ${words.length - 4} more`;
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
