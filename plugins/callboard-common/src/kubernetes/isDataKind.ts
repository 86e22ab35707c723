/** Groups of Kubernetes itself; objects of others are an operator's, which deletes what it keeps with them. */
const OWN_GROUP = /^(v1|apps|batch|autoscaling|policy|[a-z.]*\.k8s\.io)(\/|$)/;

/** Whether data is lost with an object of a resource, by its kind. */
export function isDataKind({
  apiVersion,
  kind,
}: {
  apiVersion: string;
  kind: string;
}): boolean {
  return kind === 'PersistentVolumeClaim' || !OWN_GROUP.test(apiVersion);
}
