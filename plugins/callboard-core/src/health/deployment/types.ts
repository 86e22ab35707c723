import type { AddressPlan } from '../../addresses/types';
import type {
  DriftItem,
  Exposure,
  Health,
  KubeObject,
  KubeRef,
  SyncStatus,
} from '@callboard/plugin-callboard-common';

/** What is judged of an object that was seen on a cluster. */
export interface ObservedObject {
  ref: KubeRef;
  workload?: string;
  release?: number;
  /** Absent for kinds that have no health of their own. */
  health?: Health;
  terminating: boolean;
  /** Instances only: until then (ms) a healthy one may still turn out to crash. */
  steadyAtMs?: number;
  /** Paths of our fields that somebody else changed. */
  drift: string[];
  instances?: { ready: number; wanted: number };
  /** Of what runs by the clock. */
  runs?: ObservedRuns;
  /** How to reach a service from outside, as far as the cluster said. */
  ports?: Array<{ port: number; nodePort?: number }>;
  ingress?: string[];
}

/** When something runs and ran, as the cluster says it; instants are RFC 3339. */
export interface ObservedRuns {
  schedule: string;
  /** UTC where the cluster names none. */
  timeZone?: string;
  isSuspended?: true;
  isRunning?: true;
  /** When the last run was due. */
  lastAt?: string;
  /** When the last run that ended well did so. */
  succeededAt?: string;
}

/** Objects that were seen, by `refKey`. */
export type ObservedObjects = ReadonlyMap<string, ObservedObject>;

/** Objects that make one workload or one add-on. */
export interface DesiredPart {
  name: string;
  /** When a workload of a release runs; undefined for what is no workload. */
  phase?: 'before-release' | 'release' | 'after-release';
  description?: string;
  /** Type of the resource that it is; absent for workloads, whose instances are counted one by one. */
  resource?: string;
  /** Of what is divided over clusters, where the objects do not say it themselves. */
  replicas?: number;
  objects: readonly KubeObject[];
}

/** What a deployment is measured against. */
export interface DesiredDeployment {
  /** Release number, or version of the blueprint; undefined where nothing says it. */
  release: number | undefined;
  /** All objects; those of the parts and what they share (the namespace). */
  objects: readonly KubeObject[];
  /** Workloads, or add-ons. */
  parts: readonly DesiredPart[];
  /** Instances wanted in all. */
  instances: number;
  /** False where instances are not observed one by one: then the workload is believed. */
  areInstancesSeen: boolean;
  /** It was stopped: none of its instances is to run. */
  isStopped?: boolean;
  exposure: Exposure;
  /** Whether the gateway of the cluster is spoken to by HTTPS. */
  isGatewayTls?: boolean;
  /** Where an app answers to the world, beside its exposure and the routes it asks for. */
  addresses?: AddressPlan;
}

/** How one part of a deployment is. */
export interface PartVerdict {
  name: string;
  health: Health;
  /** Objects it is made of. */
  objects: number;
  description?: string;
  resource?: string;
  /**
   * Replicas of what is divided over clusters; 0 for a workload that has as many
   * as there are nodes, runs or load. Workloads only.
   */
  replicas?: number;
  /** Workloads that run by the clock only. */
  runs?: PartRuns;
}

/** When a workload runs, and how its last run ended. */
export interface PartRuns
  extends Pick<ObservedRuns, 'schedule' | 'timeZone' | 'isSuspended'> {
  /** Absent until there was one. */
  last?: { at: string; ended: RunEnd };
}

export type RunEnd = 'succeeded' | 'failed' | 'running';

/** What is seen of a deployment, measured against what is wanted. */
export interface DeploymentVerdict {
  health: Health;
  sync: SyncStatus;
  observedRelease?: number;
  instances: { ready: number; wanted: number };
  /** Another release whose instances are ready while the wanted one is not healthy. */
  serving?: { release: number; ready: number };
  urls: string[];
  parts: PartVerdict[];
  drift: DriftItem[];
}
