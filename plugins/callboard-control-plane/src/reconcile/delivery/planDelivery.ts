import { refKey, refOf } from '@callboard/plugin-callboard-common';
import type { DeploymentState, ObjectDigest } from '../../store';
import type { RenderedDeployment } from './RenderedDeployment';

/** What to do about a deployment. */
export type DeliveryPlan =
  | { kind: 'nothing' }
  /** `known`: fingerprints of objects that are in place and need not be sent. */
  | {
      kind: 'apply';
      because: 'wanted' | 'drifted';
      known: Record<string, string>;
    };

/**
 * Decides whether something is to be sent. Pure.
 *
 * What somebody else changed is reverted, except under DetectAndNotify: there
 * it is shown and left alone until the blueprint itself changes. NotSet and
 * BlockAndNotify both revert; nothing here can refuse a change beforehand.
 */
export function planDelivery(
  desired: RenderedDeployment,
  state: DeploymentState,
  seen: ReadonlyMap<string, ObjectDigest>,
): DeliveryPlan {
  const drifted = desired.objects
    .map(object => refKey(refOf(object)))
    .filter(key => isDrifted(seen.get(key)));
  const known = Object.fromEntries(
    Object.entries(state.inventory).filter(([key]) => !drifted.includes(key)),
  );
  if (state.appliedFingerprint !== desired.fingerprint)
    return { kind: 'apply', because: 'wanted', known };
  if (drifted.length > 0 && desired.drift !== 'DetectAndNotify')
    return { kind: 'apply', because: 'drifted', known };
  return { kind: 'nothing' };
}

function isDrifted(digest: ObjectDigest | undefined): boolean {
  return digest === undefined || digest.drift.length > 0;
}
