import type { ObservedStatus } from '@callboard/plugin-callboard-core';
import type { DeploymentState } from '../../store';

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
  state: DeploymentState | undefined,
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
