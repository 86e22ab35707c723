import {
  type KubeRef,
  type Problem,
  type Result,
  failed,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';

/**
 * A cluster as the process reaches it that works on it: read at any time,
 * written to only while this process is certain that nobody else may.
 *
 * API servers know nothing of leases. A process that stood still (a machine that
 * swaps, or is moved) goes on in the middle of what it was about to write, and
 * would bring back what another one has replaced meanwhile.
 */
export class HolderConnection implements ClusterConnection {
  readonly cluster: string;
  readonly readVersion: ClusterConnection['readVersion'];
  readonly discover: ClusterConnection['discover'];
  readonly read: ClusterConnection['read'];
  readonly list: ClusterConnection['list'];
  readonly watch: ClusterConnection['watch'];
  readonly review: ClusterConnection['review'];
  readonly readLogs: ClusterConnection['readLogs'];
  readonly followLogs: ClusterConnection['followLogs'];
  readonly askService: ClusterConnection['askService'];
  readonly close: ClusterConnection['close'];
  readonly #connection: ClusterConnection;
  readonly #isCertain: () => boolean;

  /** @param isCertain - whether this process is the one that may write now */
  constructor(connection: ClusterConnection, isCertain: () => boolean) {
    this.cluster = connection.cluster;
    this.readVersion = connection.readVersion.bind(connection);
    this.discover = connection.discover.bind(connection);
    this.read = connection.read.bind(connection);
    this.list = connection.list.bind(connection);
    this.watch = connection.watch.bind(connection);
    this.review = connection.review.bind(connection);
    this.readLogs = connection.readLogs.bind(connection);
    this.followLogs = connection.followLogs.bind(connection);
    this.askService = connection.askService.bind(connection);
    this.close = connection.close.bind(connection);
    this.#connection = connection;
    this.#isCertain = isCertain;
  }

  apply(
    ...call: Parameters<ClusterConnection['apply']>
  ): ReturnType<ClusterConnection['apply']> {
    return this.#write(refOf(call[0]), () => this.#connection.apply(...call));
  }

  remove(
    ...call: Parameters<ClusterConnection['remove']>
  ): ReturnType<ClusterConnection['remove']> {
    return this.#write(call[0], () => this.#connection.remove(...call));
  }

  #write<T>(ref: KubeRef, write: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#isCertain()
      ? write()
      : Promise.resolve(failed(leaseUncertain(this.cluster, ref)));
  }
}

function leaseUncertain(cluster: string, { kind, name }: KubeRef): Problem {
  return {
    code: 'lease-uncertain',
    what: `Cannot change ${kind} "${name}" on cluster "${cluster}"`,
    why: 'this process of the portal has not renewed its lease of the cluster in time, and another one may work there',
    next: 'The process that holds the lease continues by itself',
    transient: true,
  };
}
