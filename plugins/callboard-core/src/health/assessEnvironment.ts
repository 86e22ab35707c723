import type {
  Health,
  RolloutSummary,
} from '@callboard/plugin-callboard-common';
import { rollUpHealth } from './rollUpHealth';
import { verdict } from './verdict';

/** What the health of an app in one environment is made of. */
export interface EnvironmentFacts {
  /** Release that is wanted there; undefined while nothing is. */
  release: number | undefined;
  /** The newest decision: for which release, and what it says in words. */
  placement?: { release: number; says: string };
  /** Clusters on which a release is wanted, as each may be shown. */
  clusters: ReadonlyArray<{
    cluster: string;
    health: Health;
    /** Release that is wanted there. */
    desiredRelease: number | null;
  }>;
  /** The newest rollout, of this release or of another. */
  rollout?: Pick<RolloutSummary, 'release' | 'phase' | 'sentence'>;
  /** Somebody stopped it: in words. */
  stopped?: string;
}

/**
 * Health of an app in one environment. Pure.
 *
 * It is as its worst cluster; while a release has not reached all its clusters,
 * none of it is Healthy as a whole, however well they do. It is Stopped once
 * nothing of it runs, whatever a rollout brings meanwhile.
 */
export function assessEnvironment(facts: EnvironmentFacts): Health {
  const { release, placement, clusters, rollout, stopped: stop } = facts;
  if (release === undefined)
    return verdict(
      'Missing',
      'NothingReleased',
      'Nothing is released here yet',
    );
  // What is known of the clusters speaks of the release before until it was decided where this one goes.
  if (placement?.release !== release)
    return verdict(
      'Progressing',
      'Placing',
      `Release ${release} is being placed`,
    );
  if (clusters.length === 0)
    return verdict('Missing', 'NotPlaced', placement.says);
  const health = rollUpHealth(
    clusters.map(({ cluster, health: own }) => ({
      name: cluster,
      health: own,
    })),
    { one: 'cluster', many: 'clusters' },
  );
  if (stop !== undefined && health.status === 'Healthy')
    return verdict('Progressing', 'Stopping', stop);
  const stopped =
    stop !== undefined && health.status === 'Suspended'
      ? verdict('Suspended', 'Stopped', stop)
      : undefined;
  if (health.status !== 'Healthy' && !stopped) return health;
  // A rollout goes on over what is stopped, and starts nothing.
  if (rollout?.release === release && rollout.phase !== 'done')
    return stopped ?? assessRollout(rollout);
  // It was decided where the release goes, and the rollout that takes it there is not begun.
  const isHere = clusters.every(each => each.desiredRelease === release);
  return isHere
    ? stopped ?? health
    : verdict('Progressing', 'Releasing', `Release ${release} is on its way`);
}

function assessRollout({
  phase,
  sentence,
}: Pick<RolloutSummary, 'phase' | 'sentence'>): Health {
  switch (phase) {
    case 'halted':
      return verdict('Degraded', 'RolloutHalted', sentence);
    case 'paused':
    case 'aborted':
      return verdict('Suspended', 'RolloutSuspended', sentence);
    default:
      return verdict('Progressing', 'RollingOut', sentence);
  }
}
