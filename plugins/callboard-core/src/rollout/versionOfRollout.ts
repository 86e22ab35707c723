import { sha256 } from '../render/sha256';
import type { OfferedAction } from './listActions';
import type { Rollout } from './types';

const LENGTH = 16;

/**
 * Identifies what a person was shown of a rollout: its release, and the effect
 * of each action. It changes when any of these sentences does, and only then,
 * so that an action is refused when its effect is no longer the one shown.
 *
 * @param of - `startedAt` distinguishes two rollouts of the same release
 */
export function versionOfRollout(
  { purpose }: Pick<Rollout, 'purpose'>,
  of: { release: number; startedAt: Date },
  actions: readonly OfferedAction[],
): string {
  const reported = [of.release, of.startedAt.getTime(), purpose, actions];
  return sha256(JSON.stringify(reported)).slice(0, LENGTH);
}
