import type { KubeObject } from '@callboard/plugin-callboard-common';

const WORKLOAD_KINDS: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

/** Whether what an object runs comes to an end. */
export function isTask({ kind }: Pick<KubeObject, 'kind'>): boolean {
  return kind === 'Job' || kind === 'CronJob';
}

/** Whether an object is one that runs something. */
export function isWorkload({ kind }: Pick<KubeObject, 'kind'>): boolean {
  return WORKLOAD_KINDS.has(kind);
}
