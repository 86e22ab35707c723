import type { ClusterFile, Result } from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '../clusters/ClusterConnection';
import type { ChangeSet } from './ChangeSet';
import type { ApplyOptions, DesiredObjects } from './DesiredObjects';

/** A deployment to remove from a cluster. */
export interface RemovedDeployment {
  deployment: string;
  namespace?: string;
  /** Deletes its data too, which is kept otherwise. */
  deletesData?: boolean;
}

/**
 * Delivers objects to clusters and removes them. The portal's own engine uses
 * server-side apply; another may hand them to Argo CD, or to a hub. The
 * portal's watch of the cluster reads their state in any case.
 *
 * Both methods are level-based and idempotent: they may be interrupted at any
 * instant and are called again until `complete`.
 */
export interface DeliveryEngine {
  /** `direct`. */
  readonly name: string;
  /**
   * Whether it delivers to this cluster: the first engine that returns true is
   * used. Returns the same while the file is the same.
   */
  delivers(cluster: ClusterFile): boolean;
  apply(
    connection: ClusterConnection,
    wanted: DesiredObjects,
    options?: ApplyOptions,
  ): Promise<Result<ChangeSet>>;
  remove(
    connection: ClusterConnection,
    removed: RemovedDeployment,
    options?: CallOptions,
  ): Promise<Result<ChangeSet>>;
}
