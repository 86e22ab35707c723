import {
  FIELD_MANAGER,
  type KubeObject,
  isRecord,
} from '@callboard/plugin-callboard-common';

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
  const isOurs = ownFields(existing).some(
    fields =>
      valueAt(fields, [
        ...path.map(name => `f:${name}`),
        'f:serviceAccountName',
      ]) !== undefined,
  );
  return isOurs ? (withAccount(object, path, 'default') as KubeObject) : object;
}

function ownFields({ metadata }: KubeObject): unknown[] {
  const { managedFields } = metadata as { managedFields?: unknown };
  if (!Array.isArray(managedFields)) return [];
  return managedFields
    .filter(isRecord)
    .filter(({ manager }) => manager === FIELD_MANAGER)
    .map(({ fieldsV1 }) => fieldsV1);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, name) => (isRecord(inside) ? inside[name] : undefined),
    value,
  );
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
