import type {
  Finding,
  Health,
  SyncStatus,
} from '@callboard/plugin-callboard-common';
import type { ObservedStatus } from './types';

/** What is recorded of a deployment, as far as its rollout asks for it. */
export interface DeploymentSeen {
  desiredRelease?: number;
  observedRelease?: number;
  sync: SyncStatus;
  /** As `recordedHealth` says it. */
  health: Health;
  findings: readonly Finding[];
}

/** What a cluster is seen to do with a release. */
export interface SeenRelease {
  status: ObservedStatus;
  /** Of a failure, in the words of its finding where there is one. */
  why?: string;
}

/**
 * How a release is doing on a cluster that is in contact. Pure: only what was
 * seen of this very release counts; what is known of the one before, or of one
 * that is still on its way, says nothing.
 *
 * @returns undefined where another release is wanted there
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
