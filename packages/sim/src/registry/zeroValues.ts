import type { JsonValue } from '../json';
import type { Field } from '../schema';

/** Fields whose Go type is a pointer: an empty text is kept there. */
const EMPTY_TEXT_KEPT = new Set([
  'storageClassName',
  'ingressClassName',
  'appProtocol',
  'hostname',
  'loadBalancerClass',
]);
/** Numbers and booleans whose Go type is no pointer: zero is omitted. */
const ZERO_DROPPED = new Set([
  'paused',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'stdin',
  'stdinOnce',
  'tty',
  'minReadySeconds',
  'initialDelaySeconds',
  'publishNotReadyAddresses',
  'unschedulable',
  'hostPort',
  'nodePort',
  'healthCheckNodePort',
  'observedGeneration',
  'replicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'updatedReplicas',
  'fullyLabeledReplicas',
  'active',
  'succeeded',
  'failed',
  'count',
  'priorityClass',
  'readOnly',
  'globalDefault',
  'weight',
  'timeoutSeconds',
]);
/** Exceptions of the list above: pointers, or fields that are always written. */
const ZERO_KEPT = new Set([
  'DeploymentSpec.replicas',
  'ReplicaSetSpec.replicas',
  'StatefulSetSpec.replicas',
  'ReplicaSetStatus.replicas',
  'StatefulSetStatus.replicas',
  'ScaleStatus.replicas',
  'ClientIPConfig.timeoutSeconds',
  'PreferredSchedulingTerm.weight',
]);

/** True for a value that a server's own types omit from their JSON (`omitempty`). */
export function isDroppedWhenZero(
  struct: string,
  field: Field,
  value: JsonValue,
): boolean {
  if (value === '')
    return (
      field.default === undefined &&
      !field.isRequired &&
      !EMPTY_TEXT_KEPT.has(field.name)
    );
  if (value !== 0 && value !== false) return false;
  return (
    ZERO_DROPPED.has(field.name) && !ZERO_KEPT.has(`${struct}.${field.name}`)
  );
}
