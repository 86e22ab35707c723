import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { ownsField, valueAt } from './ownFields';

/** Where kinds keep the pods that they make. */
const POD_SPECS = [
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

/**
 * The object as it is sent where its pods had an account of their own, given by
 * us, and shall have none: with the account `default`. Kubernetes keeps the name
 * of an account in an older field too, and takes it from there when the field
 * is left out; the pods would ask for an account that is gone.
 *
 * Source: kubernetes/kubernetes pkg/apis/core/v1/conversion.go, Convert_v1_PodSpec_To_core_PodSpec.
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
