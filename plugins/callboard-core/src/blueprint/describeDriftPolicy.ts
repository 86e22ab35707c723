import {
  type DriftPolicy,
  describeInstant,
} from '@callboard/plugin-callboard-common';
import { isOlderVersion } from '../upgrade';

/** From this version on every cluster serves admission policies. */
const BLOCKS_SINCE = '1.30.0';

/**
 * Describes how changes that others make to objects of a blueprint on a cluster
 * are handled, without full stop and in small letters.
 */
export function describeDriftPolicy(
  drift: DriftPolicy,
  {
    isBlocked,
    kubernetes,
    exception,
  }: {
    /** Whether the admission policy that refuses them is in place. */
    isBlocked: boolean;
    /** Version of the cluster, as far as it is known: `v1.31.2`. */
    kubernetes?: string;
    exception?: { until: Date; createdBy: string };
  },
): string {
  if (drift === 'DetectAndNotify')
    return 'changes by others are shown and left alone';
  if (drift === 'NotSet') return 'changes by others are put back';
  if (exception)
    return `changes by others are let through until ${describeInstant(
      exception.until.toISOString(),
    )} by an exception of ${exception.createdBy}`;
  if (isBlocked) return 'changes by others are refused';
  return `changes by others are put back: ${
    kubernetes !== undefined && isOlderVersion(kubernetes, BLOCKS_SINCE)
      ? `only Kubernetes 1.30 and newer refuses them, and this is ${kubernetes}`
      : 'the cluster serves no admission policies to Callboard that would refuse them'
  }`;
}
