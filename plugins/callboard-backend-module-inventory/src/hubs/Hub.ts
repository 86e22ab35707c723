import {
  type ClusterAccess,
  openConnection,
  transportOpener,
} from '@callboard/plugin-callboard-clusters-node';
import {
  API_VERSION,
  type KubeObject,
  ProblemError,
  isRecord,
  refOf,
} from '@callboard/plugin-callboard-common';
import type {
  ClusterConnection,
  KindRef,
} from '@callboard/plugin-callboard-node';

export const MANAGED_CLUSTER = {
  apiVersion: 'cluster.open-cluster-management.io/v1',
  kind: 'ManagedCluster',
};

/** A cluster whose objects describe other clusters. */
export class Hub {
  readonly name: string;
  readonly #connection: ClusterConnection;

  constructor(name: string, access: ClusterAccess) {
    this.name = name;
    this.#connection = openConnection({
      file: {
        apiVersion: API_VERSION,
        kind: 'Cluster',
        metadata: { name },
        spec: {},
      },
      connectionKind: 'kubeconfig',
      livenessDeadlineMs: 0,
      openTransport: transportOpener(name, access),
    });
  }

  /** Rejects with a ProblemError. */
  async list(kind: KindRef, namespace?: string): Promise<KubeObject[]> {
    const listed = await this.#connection.list(kind, {
      ...(namespace !== undefined && { namespace }),
    });
    if (!listed.ok) throw new ProblemError(listed.problem);
    return listed.value.items;
  }

  /** Applies an object, or its status alone. Rejects with a ProblemError. */
  async apply(
    object: KubeObject,
    options: { force: boolean; subresource?: 'status' },
  ): Promise<void> {
    const applied = await this.#connection.apply(object, options);
    if (!applied.ok) throw new ProblemError(applied.problem);
  }

  /** Deletes an object that was read, and no later one of the same name. Rejects with a ProblemError. */
  async remove(object: KubeObject): Promise<void> {
    const { uid } = object.metadata;
    const removed = await this.#connection.remove(refOf(object), {
      ...(uid !== undefined && { uid }),
    });
    if (!removed.ok) throw new ProblemError(removed.problem);
  }

  /**
   * Returns the token in a Secret that the hub keeps for a cluster
   * (ManagedServiceAccount). Rejects with a ProblemError.
   */
  async readToken(cluster: string, secret: string): Promise<string> {
    const read = await this.#connection.read({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: cluster,
      name: secret,
    });
    if (!read.ok) throw new ProblemError(read.problem);
    const data = isRecord(read.value?.data) ? read.value.data : {};
    if (typeof data.token === 'string' && data.token !== '')
      return Buffer.from(data.token, 'base64').toString('utf8');
    throw new ProblemError({
      code: 'cluster-sign-in-failed',
      what: `Cannot sign in to cluster "${cluster}"`,
      why: `Secret "${secret}" in namespace "${cluster}" of hub "${this.name}" holds no token`,
      next: `Make a ManagedServiceAccount "${secret}" for the cluster, and let the portal's account on the hub read its Secret`,
      transient: true,
    });
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
