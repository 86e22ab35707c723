import {
  type PlacementReasonOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';

/** Words for the result of a prioritizer: more than others, or less. */
const PREFERENCES: Record<string, { more: string; less?: string }> = {
  Steady: { more: 'Preferred: already runs here' },
  Balance: {
    more: 'Preferred: fewer apps run here than elsewhere',
    less: 'Less preferred: more apps run here than elsewhere',
  },
  ResourceAllocatableCPU: {
    more: 'Preferred: offers more CPU than others',
    less: 'Less preferred: offers less CPU than others',
  },
  ResourceAllocatableMemory: {
    more: 'Preferred: offers more memory than others',
    less: 'Less preferred: offers less memory than others',
  },
};

/**
 * Describes why a cluster comes before or after others: `Preferred: already
 * runs here`. The points are in the verdict's score.
 */
export function describeScore({
  prioritizer,
  score,
  weight,
}: PlacementReasonOf<'score'>['facts']): string {
  const says =
    describePreference(prioritizer, score) ??
    `${score} ${pluralOf(Math.abs(score), 'point')} by ${prioritizer}`;
  return weight === 1 ? says : `${says}, counted ${weight} times`;
}

function describePreference(
  prioritizer: string,
  points: number,
): string | undefined {
  if (points === 0) return undefined;
  const words = PREFERENCES[prioritizer];
  return points > 0 ? words?.more : words?.less;
}
