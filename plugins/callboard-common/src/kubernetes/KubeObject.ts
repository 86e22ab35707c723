/** Identity and bookkeeping of a Kubernetes object; the fields Callboard reads. */
export interface KubeMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: KubeOwnerReference[];
  creationTimestamp?: string;
  deletionTimestamp?: string;
  finalizers?: string[];
}

export interface KubeOwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Any Kubernetes object. What lies beside `metadata` depends on the kind and comes from outside: read it with care. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: KubeMetadata;
  [field: string]: unknown;
}

/** Which object: enough to find it on a cluster. */
export interface KubeRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** The reference of an object. */
export function refOf(object: KubeObject): KubeRef {
  const { apiVersion, kind, metadata } = object;
  return metadata.namespace === undefined
    ? { apiVersion, kind, name: metadata.name }
    : { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}

/** One string per object of a cluster: `apps/v1/Deployment/shop--dev/web`. Stable, sortable. */
export function refKey(ref: KubeRef): string {
  return [ref.apiVersion, ref.kind, ref.namespace ?? '', ref.name].join('/');
}
