import type { ClusterFile, Result } from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '../clusters/ClusterConnection';
import type { ChangeSet } from './ChangeSet';
import type { ApplyOptions, DesiredObjects } from './DesiredObjects';

/** A deployment that is taken off a cluster. */
export interface RemovedDeployment {
  deployment: string;
  namespace?: string;
  /** Its data too, which else stays. */
  deletesData?: boolean;
}

/**
 * Brings objects to clusters and takes them away again. The portal's own does so by
 * server-side apply; another may hand them to Argo CD, or to a hub. How they are is
 * read by the portal's watch of the cluster in any case.
 *
 * Both methods are level-based and idempotent: they may be cut short at any instant
 * and are called again until `complete`.
 */
export interface DeliveryEngine {
  /** `direct`. */
  readonly name: string;
  /** Whether it is the one for this cluster: the first that says so is taken. Answers the same while the file is the same. */
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
