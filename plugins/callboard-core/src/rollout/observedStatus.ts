import type {
  Finding,
  Health,
  SyncStatus,
} from '@callboard/plugin-callboard-common';
import type { ObservedStatus } from './types';

/** Recorded state of a deployment that its rollout reads. */
export interface DeploymentSeen {
  desiredRelease?: number;
  observedRelease?: number;
  sync: SyncStatus;
  /** As `recordedHealth` returns it. */
  health: Health;
  findings: readonly Finding[];
}

/** Observed state of a release on a cluster. */
export interface SeenRelease {
  status: ObservedStatus;
  /** Reason of a failure, from its finding where there is one. */
  why?: string;
}

/**
 * Returns the state of a release on a cluster that is in contact. Pure: only
 * observations of this very release count, not those of the one before, or of
 * one still being delivered.
 *
 * @returns undefined where another release is desired there
 */
export function observedStatus(
  state: DeploymentSeen | undefined,
  release: number,
): SeenRelease | undefined {
  if (state?.desiredRelease !== release) return undefined;
  const { health, sync, findings } = state;
  if (health.status === 'Degraded')
    return { status: 'Failed', why: findings[0]?.what ?? health.message };
  const runs = health.status === 'Healthy' || health.status === 'Suspended';
  const isThere =
    state.observedRelease === undefined || state.observedRelease === release;
  return {
    status: runs && sync === 'Synced' && isThere ? 'Succeeded' : 'Progressing',
  };
}
