import { listStages } from './listStages';
import { phaseOf } from './phaseOf';
import { type RolloutNoun, joinWords } from './sentences';
import type { Rollout } from './types';

/** An action of a person on a rollout. */
export type RolloutAction = 'pause' | 'resume' | 'abort' | 'rollback';

export interface OfferedAction {
  action: RolloutAction;
  /** Its effect in words, shown before it is confirmed. */
  does: string;
}

/**
 * Returns the actions that are possible now, each with its consequence. All
 * others are refused.
 *
 * @param release - the release of the rollout, as people call it
 * @param before - the release that clusters run until their turn; without it
 *   there is no rollback
 */
export function listRolloutActions(
  rollout: Rollout,
  {
    release,
    before,
    noun = 'release',
  }: { release: number; before?: number; noun?: RolloutNoun },
  now: Date,
): OfferedAction[] {
  if (rollout.purpose === 'roll-back') return [];
  const phase = phaseOf(rollout, now);
  const words = wordsOf(rollout, { release, before, noun });
  const rollback: OfferedAction[] =
    before === undefined ? [] : [{ action: 'rollback', does: words.rollback }];
  const abort: OfferedAction = { action: 'abort', does: words.abort };
  switch (phase.kind) {
    case 'done':
    case 'aborted':
      return rollback;
    case 'paused':
      return [{ action: 'resume', does: words.resume }, ...rollback, abort];
    case 'halted':
      return [
        ...rollback,
        {
          action: 'resume',
          does: `${phase.because.cluster} is checked again, and the rollout continues if ${noun} ${release} turns healthy there. If it does not, it halts again.`,
        },
        abort,
      ];
    default:
      return [{ action: 'pause', does: words.pause }, ...rollback, abort];
  }
}

/** `You can pause it, roll back to release 7 or abort it`. */
export function describeOffers(
  offers: readonly Pick<OfferedAction, 'action'>[],
  { before, noun = 'release' }: { before?: number; noun?: RolloutNoun },
): string {
  if (offers.length === 0)
    return noun === 'release'
      ? 'Promote another release'
      : 'Roll out another version';
  const verbs = offers.map(({ action }) =>
    action === 'rollback' ? `roll back to ${noun} ${before}` : `${action} it`,
  );
  const last = verbs.pop();
  return `You can ${
    verbs.length === 0 ? last : `${verbs.join(', ')} or ${last}`
  }`;
}

function wordsOf(
  { updated, strategy, groups }: Rollout,
  {
    release,
    before,
    noun,
  }: { release: number; before?: number; noun: RolloutNoun },
): Record<RolloutAction, string> {
  const rest = listStages(strategy, groups)
    .flatMap(({ clusters }) => clusters)
    .filter(cluster => !updated.includes(cluster));
  const hasRest = rest.length > 0;
  const reached =
    updated.length > 0
      ? `${joinWords(updated)} ${stay(updated)} on ${noun} ${release}`
      : '';
  const waits = hasRest
    ? `${joinWords(rest)} ${
        before === undefined
          ? verb(rest, 'waits', 'wait')
          : `${stay(rest)} on ${noun} ${before}`
      }`
    : '';
  const where = [reached, waits].filter(Boolean).join('; ');
  return {
    pause: `Nothing new starts until someone resumes it: ${where}.`,
    resume: hasRest
      ? `It continues wave by wave; ${joinWords(rest)} ${verb(
          rest,
          'comes',
          'come',
        )} next.`
      : 'It continues where it was paused.',
    abort: `Stop here. ${where}. It cannot be resumed, only rolled back or replaced by another ${noun}.`,
    rollback:
      updated.length > 0
        ? `${joinWords(updated)} ${verb(
            updated,
            'rolls',
            'roll',
          )} back to ${noun} ${before}, all at once${
            hasRest ? `; ${joinWords(rest)} never left it` : ''
          }.`
        : `${capital(
            noun,
          )} ${before} stays everywhere; ${noun} ${release} reached no cluster.`,
  };
}

function stay(names: readonly string[]): string {
  return verb(names, 'stays', 'stay');
}

function verb(names: readonly string[], one: string, many: string): string {
  return names.length === 1 ? one : many;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
