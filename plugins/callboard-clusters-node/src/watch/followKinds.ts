import type { Problem } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { BackOff } from './BackOff';
import { KindFollower, type KindState } from './KindFollower';
import type { WatchClusterOptions, WatchedKind } from './types';

const MAX_BACK_OFF_MS = 10_000;

/** How well one of the kinds is known. */
export interface FollowedKind {
  kind: WatchedKind;
  /** When it last proved to be in step with the cluster; ms, undefined before the first time. */
  provenAtMs?: number;
  /** Why the last list or watch failed, until one succeeds. */
  problem?: Problem;
}

/**
 * Follows kinds until the signal aborts, beside `watchCluster`, which says
 * whether the cluster is there at all: a kind that is refused costs the others
 * nothing and is asked for again, with pauses of 10 s at most.
 *
 * @returns how each kind stands at the moment of reading, and a promise of the end
 */
export function followKinds(
  connection: ClusterConnection,
  options: Omit<WatchClusterOptions, 'onLiveness'>,
  signal: AbortSignal,
): { kinds: readonly FollowedKind[]; ended: Promise<void> } {
  const now = options.now ?? (() => new Date());
  const states = options.kinds.map(
    (kind): KindState => ({
      kind,
      backOff: new BackOff({
        maxMs: options.maxBackOffMs ?? MAX_BACK_OFF_MS,
        random: options.random ?? Math.random,
        signal,
      }),
    }),
  );
  const followed = states.map(state =>
    new KindFollower(
      connection,
      { ...options, onLiveness: () => undefined },
      {
        state,
        signal,
        nowMs: () => now().getTime(),
        onTurn: () => undefined,
      },
    ).follow(),
  );
  return { kinds: states, ended: Promise.all(followed).then(() => undefined) };
}
