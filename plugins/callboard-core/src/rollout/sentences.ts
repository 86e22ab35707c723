import { type Hold, describeInstantIn } from '../changes';
import { assertNever } from './assertNever';
import { describeSpan } from '@callboard/plugin-callboard-common';
import type { Rollout, RolloutPhase } from './types';

/** What is rolled out: the release of an app, or the version of a blueprint. */
export type RolloutNoun = 'release' | 'version';

/** Facts about the rollout besides its phase. */
export interface RolloutFacts {
  purpose: Rollout['purpose'];
  /** Name of the release for people. */
  revision: string;
  /** Noun for what is rolled out; release when omitted. */
  noun?: RolloutNoun;
  /** Clusters that have the release, and all that should get it. */
  reached: number;
  clusters: number;
  /** Time for which a wave is watched before the next one. */
  soakMs: number;
  /** Number of the current wave, from 1. */
  wave: number;
  waves: number;
  /** Failed clusters, tolerated or not. */
  failed: readonly string[];
  /** Whether reachable clusters wait for their turn. */
  isMoreToDo: boolean;
}

/**
 * Describes the current phase in a developer's words, without full stop. The
 * remaining soak time is not included, because it changes every second.
 */
export function describePhase(
  phase: RolloutPhase,
  facts: RolloutFacts,
): string {
  const { purpose, wave, waves, failed, isMoreToDo } = facts;
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
      } is up; watching it for ${describeSpan(facts.soakMs)}${
        wave < waves ? ` before wave ${wave + 1}` : ''
      }`;
    case 'paused':
      return `Paused: ${describeReach(facts)}. Resume to continue`;
    case 'held':
      return `${describeHold(phase.by)}: ${describeReach(facts)}`;
    case 'halted': {
      const { cluster, why, failures, allowed } = phase.because;
      return `Halted at ${cluster}: ${why}. ${failures} failed, ${
        allowed === 0 ? 'none' : `at most ${allowed}`
      } may; nothing new starts`;
    }
    case 'waiting-for-clusters':
      return `Waiting for ${joinWords(
        phase.deferred,
      )}, which cannot be reached; ${
        isMoreToDo
          ? 'the next wave starts when one of them runs well'
          : 'everything else is done'
      }`;
    case 'aborted':
      return `Aborted: ${describeReach(facts)}. Roll back, or ${
        facts.noun === 'version'
          ? 'roll out another version'
          : 'promote another release'
      }`;
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

/** `Outside of the windows of changes, goes on at Mon 23 November 2026, 09:00 (Europe/Berlin)`. */
export function describeHold(hold: Hold): string {
  const until = describeInstantIn(hold.untilMs, hold.timeZone);
  return hold.kind === 'freeze'
    ? `Frozen (${hold.why}), goes on at ${until}`
    : `Outside of the windows of changes, goes on at ${until}`;
}

/** `2 of 3 clusters have release 8`. */
function describeReach({
  reached,
  clusters,
  noun = 'release',
  revision,
}: RolloutFacts): string {
  return `${reached} of ${clusters} ${
    clusters === 1 ? 'cluster' : 'clusters'
  } ${reached === 1 ? 'has' : 'have'} ${noun} ${revision}`;
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
