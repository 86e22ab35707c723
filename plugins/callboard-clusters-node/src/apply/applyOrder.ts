import type { KubeRef } from '@callboard/plugin-callboard-common';

/** Dependencies come first: a starting pod finds its namespace, account, configuration and service. */
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
/** These validate all objects applied after them; last, so that they cannot refuse objects of the same run. */
const LAST = [
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
];

const STAGE_OF = new Map(
  STAGES.flatMap((kinds, stage) => kinds.map(kind => [kind, stage] as const)),
);

/** Returns the stage of a kind, ascending; unknown kinds (custom resources) come after the workloads. */
export function stageOf(kind: string): number {
  return (
    STAGE_OF.get(kind) ??
    (LAST.includes(kind) ? STAGES.length + 1 : STAGES.length)
  );
}

/** Compares in the order of applying: by stage, then kind, namespace and name. Deletion uses the reverse order. */
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
