import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { ownsField, valueAt } from './ownFields';

const REPLICAS = ['spec', 'replicas'];

/**
 * The object as it is sent where it had a number of instances, given by us, and
 * shall have none: with the number that it has. A field that its only owner
 * leaves out goes back to its default, and an app of ten instances would have
 * one until its autoscaler looks the next time. From when that changes the
 * number it is the autoscaler's, and is left out.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
 */
export function keepReplicas(
  object: KubeObject,
  existing: KubeObject,
): KubeObject {
  const replicas = valueAt(existing, REPLICAS);
  if (
    typeof replicas !== 'number' ||
    !isRecord(object.spec) ||
    object.spec.replicas !== undefined ||
    !ownsField(existing, REPLICAS)
  )
    return object;
  return { ...object, spec: { ...object.spec, replicas } };
}
