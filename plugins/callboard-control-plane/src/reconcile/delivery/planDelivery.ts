import { refKey, refOf } from '@callboard/plugin-callboard-common';
import type { DeploymentState, ObjectDigest } from '../../store';
import type { RenderedDeployment } from './RenderedDeployment';

/** The next action for a deployment. */
export type DeliveryPlan =
  | { kind: 'nothing' }
  /** `known`: fingerprints of objects that are in place and need not be sent. */
  | {
      kind: 'apply';
      because: 'wanted' | 'drifted' | 'replaced';
      known: Record<string, string>;
    };

/**
 * Decides whether objects are to be applied. Pure.
 *
 * Changes of other clients are reverted, except under DetectAndNotify: there
 * they are shown and left alone until the blueprint itself changes. Under
 * BlockAndNotify the cluster refuses them beforehand where it can
 * (`renderBlock`); those that get through are reverted, as under NotSet.
 */
export function planDelivery(
  desired: RenderedDeployment,
  state: DeploymentState,
  seen: ReadonlyMap<string, ObjectDigest>,
): DeliveryPlan {
  const keys = desired.objects.map(object => refKey(refOf(object)));
  const drifted = keys.filter(key => isDrifted(seen.get(key)));
  const replaced = keys.filter(key =>
    isReplaced(seen.get(key), state.inventory[key]),
  );
  const known = Object.fromEntries(
    Object.entries(state.inventory).filter(
      ([key]) => !drifted.includes(key) && !replaced.includes(key),
    ),
  );
  if (state.appliedFingerprint !== desired.fingerprint)
    return { kind: 'apply', because: 'wanted', known };
  if (drifted.length > 0 && desired.drift !== 'DetectAndNotify')
    return { kind: 'apply', because: 'drifted', known };
  if (replaced.length > 0) return { kind: 'apply', because: 'replaced', known };
  return { kind: 'nothing' };
}

/**
 * Whether the object was applied by a run of ours that recorded nothing: it was
 * killed, or another release was desired by the time it had applied this one.
 */
function isReplaced(
  digest: ObjectDigest | undefined,
  recorded: string | undefined,
): boolean {
  return (
    digest?.fingerprint !== undefined &&
    recorded !== undefined &&
    digest.fingerprint !== recorded
  );
}

function isDrifted(digest: ObjectDigest | undefined): boolean {
  return digest === undefined || digest.drift.length > 0;
}
