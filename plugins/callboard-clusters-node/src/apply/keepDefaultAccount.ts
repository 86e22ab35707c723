import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { ownsField, valueAt } from './ownFields';

/** Paths of pod specs in workload kinds. */
const POD_SPECS = [
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

/**
 * Returns the object with the account `default` where we gave its pods an
 * account that is no longer desired. Kubernetes keeps the name of an account in
 * an older field too, and takes it from there when the field is left out; the
 * pods would then use an account that is gone.
 *
 * Source: kubernetes/kubernetes pkg/apis/core/v1/conversion.go,
 * Convert_v1_PodSpec_To_core_PodSpec.
 */
export function keepDefaultAccount(
  object: KubeObject,
  existing: KubeObject,
): KubeObject {
  const path = POD_SPECS.find(each => isRecord(valueAt(object, each)));
  if (!path) return object;
  const pod = valueAt(object, path);
  if (!isRecord(pod) || pod.serviceAccountName !== undefined) return object;
  const isOurs = ownsField(existing, [...path, 'serviceAccountName']);
  return isOurs ? (withAccount(object, path, 'default') as KubeObject) : object;
}

function withAccount(
  value: unknown,
  [name, ...rest]: readonly string[],
  account: string,
): unknown {
  if (!isRecord(value)) return value;
  return name === undefined
    ? { ...value, serviceAccountName: account }
    : { ...value, [name]: withAccount(value[name], rest, account) };
}
