import type { AppEnvironment } from '@callboard/plugin-callboard-common';
import { describeEntity } from './describeEntity';

/**
 * Describes what an environment's promotion waits for, as a sentence without
 * full stop: `Waiting: release 6 is still starting in Development`. Undefined
 * where nothing is promoted.
 *
 * @param from - the environment it is promoted from
 */
export function describePromotion(
  { promotion, title }: Pick<AppEnvironment, 'promotion' | 'title'>,
  from: Pick<AppEnvironment, 'title' | 'health' | 'freshness'> | undefined,
): string | undefined {
  if (!promotion) return undefined;
  const { candidate, change, blockedBy, rolledBack, approval } = promotion;
  if (candidate === null) return 'Nothing to promote';
  const trouble = from && describeTrouble(candidate, from);
  if (trouble) return `Waiting: ${trouble}`;
  if (blockedBy) return `Waiting: ${blockedBy.why}`;
  if (rolledBack) return `Release ${candidate} was rolled back in ${title}`;
  if (change === 'rollback') return `Release ${candidate} was here before`;
  const release =
    change === 'older'
      ? `The older release ${candidate}`
      : `Release ${candidate}`;
  return approval === undefined
    ? `${release} is ready`
    : `${release} waits for approval by ${describeEntity(approval)}`;
}

/** Describes why a release that is not healthy in its source environment is not promoted. */
function describeTrouble(
  release: number,
  from: Pick<AppEnvironment, 'title' | 'health' | 'freshness'>,
): string | undefined {
  switch (from.freshness === 'live' ? from.health.status : 'Unknown') {
    case 'Healthy':
      return undefined;
    case 'Progressing':
      return `release ${release} is still starting in ${from.title}`;
    case 'Suspended':
      return `release ${release} is suspended in ${from.title}`;
    case 'Missing':
      return `release ${release} runs nowhere in ${from.title}`;
    case 'Unknown':
      return `it is not known how release ${release} is in ${from.title}`;
    default:
      return `release ${release} is degraded in ${from.title}`;
  }
}
