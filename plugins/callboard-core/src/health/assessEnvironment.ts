import type {
  Health,
  RolloutSummary,
} from '@callboard/plugin-callboard-common';
import { rollUpHealth } from './rollUpHealth';
import { verdict } from './verdict';

/** Facts from which the health of an app in one environment is assessed. */
export interface EnvironmentFacts {
  /** Desired release; undefined while there is none. */
  release: number | undefined;
  /** The newest decision: its release, and its result in words. */
  placement?: { release: number; says: string };
  /** Clusters on which a release is desired, with the health that may be shown. */
  clusters: ReadonlyArray<{
    cluster: string;
    health: Health;
    /** Release desired on this cluster. */
    desiredRelease: number | null;
  }>;
  /** The newest rollout, of this release or another. */
  rollout?: Pick<RolloutSummary, 'release' | 'phase' | 'sentence'>;
  /** Set where the app was stopped: the reason in words. */
  stopped?: string;
}

/**
 * Assesses the health of an app in one environment. Pure.
 *
 * The result is the health of its worst cluster; until a release has reached
 * all its clusters, the environment is not Healthy, even where every cluster
 * is. It is Stopped once nothing of it runs, whatever a rollout does meanwhile.
 */
export function assessEnvironment(facts: EnvironmentFacts): Health {
  const { release, placement, clusters, rollout, stopped: stop } = facts;
  if (release === undefined)
    return verdict(
      'Missing',
      'NothingReleased',
      'Nothing is released here yet',
    );
  // Until the placement of this release is decided, the health of the clusters is that of
  // the release before.
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
  // A rollout continues over a stopped app and starts nothing.
  if (rollout?.release === release && rollout.phase !== 'done')
    return stopped ?? assessRollout(rollout);
  // The placement is decided, but the rollout of the release has not begun.
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
