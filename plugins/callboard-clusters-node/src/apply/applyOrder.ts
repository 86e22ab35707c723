import type { KubeRef } from '@callboard/plugin-callboard-common';

/** What others need comes first: a pod that starts finds its namespace, account, configuration and service. */
const STAGES: string[][] = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  [
    'ResourceQuota',
    'LimitRange',
    'PriorityClass',
    'RuntimeClass',
    'StorageClass',
    'IngressClass',
    'NetworkPolicy',
  ],
  ['ServiceAccount', 'ClusterRole', 'Role'],
  ['ClusterRoleBinding', 'RoleBinding'],
  ['Secret', 'ConfigMap', 'PersistentVolume', 'PersistentVolumeClaim'],
  ['Service'],
  [
    'DaemonSet',
    'Deployment',
    'StatefulSet',
    'ReplicaSet',
    'Pod',
    'Job',
    'CronJob',
    'PodDisruptionBudget',
  ],
  ['HorizontalPodAutoscaler', 'Ingress', 'APIService'],
];
/** These judge whatever is applied after them; last, so that they cannot refuse their own neighbours. */
const LAST = [
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
];

const STAGE_OF = new Map(
  STAGES.flatMap((kinds, stage) => kinds.map(kind => [kind, stage] as const)),
);

/** Stage of a kind, ascending; kinds that nobody knows (custom resources) come after the workloads. */
export function stageOf(kind: string): number {
  return (
    STAGE_OF.get(kind) ??
    (LAST.includes(kind) ? STAGES.length + 1 : STAGES.length)
  );
}

/** Sorts for applying: by stage, then kind, namespace and name. Deleting goes the other way. */
export function compareForApply(a: KubeRef, b: KubeRef): number {
  return (
    stageOf(a.kind) - stageOf(b.kind) ||
    compareText(a.kind, b.kind) ||
    compareText(a.namespace ?? '', b.namespace ?? '') ||
    compareText(a.name, b.name)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
