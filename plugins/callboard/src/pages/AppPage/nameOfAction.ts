import type {
  RolloutActionName,
  RolloutSummary,
} from '@callboard/plugin-callboard-common';

const NAMES: Record<Exclude<RolloutActionName, 'rollback'>, string> = {
  pause: 'Pause',
  resume: 'Resume',
  abort: 'Abort',
};

/** Name of a rollout action on its button: `Roll back to release 2`. */
export function nameOfAction(
  action: RolloutActionName,
  { before }: Pick<RolloutSummary, 'before'>,
): string {
  return action === 'rollback'
    ? `Roll back to release ${before}`
    : NAMES[action];
}
