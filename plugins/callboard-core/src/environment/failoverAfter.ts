import type { Taint } from '@callboard/plugin-callboard-common';
import { covers } from '../placement/rules/toleratesTaints';
import type { ResolvedEnvironment } from './types';

/** Five minutes, as Kubernetes and Karmada tolerate a node or cluster that is out of contact. */
export const DEFAULT_FAILOVER_SECONDS = 300;

/** Taint of Open Cluster Management on a cluster that is out of contact. */
const UNREACHABLE: Taint = {
  key: 'cluster.open-cluster-management.io/unreachable',
  effect: 'NoSelect',
};

/**
 * Returns how long an app stays on a cluster that is out of contact, in
 * seconds.
 *
 * A toleration of Open Cluster Management's taint for such clusters takes
 * precedence: its `tolerationSeconds`, the longest of several, and forever
 * without. Then the setting of the environment, then five minutes.
 *
 * @returns undefined for forever
 */
export function failoverAfter({
  placement,
  failoverAfterSeconds,
}: Pick<ResolvedEnvironment, 'placement' | 'failoverAfterSeconds'>):
  | number
  | undefined {
  const tolerations = (placement.tolerations ?? []).filter(
    toleration =>
      toleration.key === UNREACHABLE.key && covers(toleration, UNREACHABLE),
  );
  if (tolerations.length === 0)
    return failoverAfterSeconds ?? DEFAULT_FAILOVER_SECONDS;
  const seconds = tolerations.map(
    ({ tolerationSeconds }) => tolerationSeconds ?? Infinity,
  );
  const longest = Math.max(0, ...seconds);
  return Number.isFinite(longest) ? longest : undefined;
}
