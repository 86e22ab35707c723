import type { AddressPlan } from '../../addresses/types';
import type {
  DriftItem,
  Exposure,
  Health,
  KubeObject,
  KubeRef,
  SyncStatus,
} from '@callboard/plugin-callboard-common';

/** Facts of an observed object by which it is judged. */
export interface ObservedObject {
  ref: KubeRef;
  workload?: string;
  release?: number;
  /** Absent for kinds that have no health of their own. */
  health?: Health;
  terminating: boolean;
  /** Instances only: until then (ms) a healthy one may still crash at start. */
  steadyAtMs?: number;
  /** Paths of our fields that another field manager changed. */
  drift: string[];
  instances?: { ready: number; wanted: number };
  /** Of scheduled workloads. */
  runs?: ObservedRuns;
  /** How to reach a service from outside, as far as the cluster reported it. */
  ports?: Array<{ port: number; nodePort?: number }>;
  ingress?: string[];
}

/** Schedule and past runs, as the cluster reports them; instants are RFC 3339. */
export interface ObservedRuns {
  schedule: string;
  /** UTC where the cluster does not name one. */
  timeZone?: string;
  isSuspended?: true;
  isRunning?: true;
  /** When the last run was due. */
  lastAt?: string;
  /** When the last successful run ended. */
  succeededAt?: string;
}

/** Observed objects, by `refKey`. */
export type ObservedObjects = ReadonlyMap<string, ObservedObject>;

/** Objects that form one workload or one add-on. */
export interface DesiredPart {
  name: string;
  /** When a workload of a release runs; undefined for other parts. */
  phase?: 'before-release' | 'release' | 'after-release';
  description?: string;
  /** Type of the resource; absent for workloads, whose instances are counted one by one. */
  resource?: string;
  /** Of replicas divided over clusters, where the objects do not contain the number. */
  replicas?: number;
  objects: readonly KubeObject[];
}

/** Desired state against which a deployment is judged. */
export interface DesiredDeployment {
  /** Release number, or version of the blueprint; undefined where it is not known. */
  release: number | undefined;
  /** All objects: those of the parts and those they share (the namespace). */
  objects: readonly KubeObject[];
  /** Workloads, or add-ons. */
  parts: readonly DesiredPart[];
  /** Desired instances in all. */
  instances: number;
  /** False where instances are not observed one by one: then the status of the workload counts. */
  areInstancesSeen: boolean;
  /** It was stopped: none of its instances should run. */
  isStopped?: boolean;
  exposure: Exposure;
  /** Whether the gateway of the cluster is reached over HTTPS. */
  isGatewayTls?: boolean;
  /** Public addresses of an app, besides its exposure and the routes it asks for. */
  addresses?: AddressPlan;
}

/** Verdict on one part of a deployment. */
export interface PartVerdict {
  name: string;
  health: Health;
  /** Number of its objects. */
  objects: number;
  description?: string;
  resource?: string;
  /**
   * Replicas of a workload whose replicas are divided over clusters; 0 where
   * the number of nodes, runs or load decides. Workloads only.
   */
  replicas?: number;
  /** Scheduled workloads only. */
  runs?: PartRuns;
}

/** When a workload runs, and how its last run ended. */
export interface PartRuns
  extends Pick<ObservedRuns, 'schedule' | 'timeZone' | 'isSuspended'> {
  /** Absent before the first run. */
  last?: { at: string; ended: RunEnd };
}

export type RunEnd = 'succeeded' | 'failed' | 'running';

/** Observed state of a deployment, compared with its desired state. */
export interface DeploymentVerdict {
  health: Health;
  sync: SyncStatus;
  observedRelease?: number;
  instances: { ready: number; wanted: number };
  /** Another release whose instances are ready while the desired one is not healthy. */
  serving?: { release: number; ready: number };
  urls: string[];
  parts: PartVerdict[];
  drift: DriftItem[];
}
