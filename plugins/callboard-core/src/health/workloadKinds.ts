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

/** Returns whether an object runs to completion. */
export function isTask({ kind }: Pick<KubeObject, 'kind'>): boolean {
  return kind === 'Job' || kind === 'CronJob';
}

/** Returns whether an object runs containers. */
export function isWorkload({ kind }: Pick<KubeObject, 'kind'>): boolean {
  return WORKLOAD_KINDS.has(kind);
}
