import {
  type ReleaseOutcome,
  listOf,
} from '@callboard/plugin-callboard-common';

/**
 * Describes the outcome of a release in an environment, without full stop:
 * `Rolled back to release 2 in Production; ran healthy on eu-1`.
 */
export function describeOutcome(
  { kind, healthyOn, next }: Omit<ReleaseOutcome, 'sentence'>,
  title: string,
): string {
  const successor = `${next?.change === 'older' ? 'the older ' : ''}release ${
    next?.release
  }`;
  const ran = `ran healthy on ${listOf(healthyOn)}`;
  switch (kind) {
    case 'healthy':
      return `In ${title}: ${ran}`;
    case 'not-healthy-yet':
      return `In ${title}: not healthy yet`;
    case 'never-healthy':
      return `In ${title}: never healthy, replaced by ${successor}`;
    case 'rolled-back':
      return `In ${title}: ${
        healthyOn.length > 0 ? ran : 'never healthy'
      }, rolled back to ${successor}`;
    case 'replaced':
      return `In ${title}: ${ran}, replaced by ${successor}`;
    default:
      return kind satisfies never;
  }
}

/** Returns whether a person should read this before deploying the release again. */
export function isBadOutcome({ kind }: Pick<ReleaseOutcome, 'kind'>): boolean {
  return kind !== 'healthy' && kind !== 'replaced';
}
