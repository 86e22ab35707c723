import { type KubeObject, LABELS } from '@callboard/plugin-callboard-common';

/** Groups of Kubernetes itself; objects of others are an operator's, which deletes what it keeps with them. */
const OWN_GROUP = /^(v1|apps|batch|autoscaling|policy|[a-z.]*\.k8s\.io)(\/|$)/;

/**
 * Whether data is lost with an object: claims, and what operators make of a
 * resource. It stays until somebody deletes it by name.
 */
export function holdsData({ apiVersion, kind, metadata }: KubeObject): boolean {
  if (metadata.labels?.[LABELS.resource] === undefined) return false;
  return kind === 'PersistentVolumeClaim' || !OWN_GROUP.test(apiVersion);
}
