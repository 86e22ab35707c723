import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { ownsField, valueAt } from './ownFields';

const REPLICAS = ['spec', 'replicas'];

/**
 * Returns the object with its live number of replicas where we set one that is
 * no longer desired. A field that its only owner leaves out gets its default,
 * and an app of ten replicas would have one until the next sync of its
 * autoscaler. Once the autoscaler changes the number it owns the field, which
 * is then left out.
 *
 * Source:
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
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
