import type { BlueprintRolloutRecord } from '../../store';

/**
 * Returns the version that a rollout brings to clusters that follow a channel
 * (empty: the name only): its own, or in a rollback the one that they had been
 * brought to.
 */
export function versionFor(
  {
    version,
    before,
    targetsBefore,
    rollout,
  }: Pick<
    BlueprintRolloutRecord,
    'version' | 'before' | 'targetsBefore' | 'rollout'
  >,
  channel: string,
): number {
  return rollout.purpose === 'roll-back'
    ? targetsBefore[channel] ?? before ?? version
    : version;
}
