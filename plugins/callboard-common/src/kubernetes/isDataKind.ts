/** Groups of Kubernetes itself; objects of other groups are an operator's, which deletes their data with them. */
const OWN_GROUP = /^(v1|apps|batch|autoscaling|policy|[a-z.]*\.k8s\.io)(\/|$)/;

/** Returns whether data is lost with an object of a resource, by its kind. */
export function isDataKind({
  apiVersion,
  kind,
}: {
  apiVersion: string;
  kind: string;
}): boolean {
  return kind === 'PersistentVolumeClaim' || !OWN_GROUP.test(apiVersion);
}
