import type { PartVerdict } from '@callboard/plugin-callboard-core';
import type {
  DriftItem,
  Finding,
  Health,
  Problem,
  SyncStatus,
} from '@callboard/plugin-callboard-common';

/** Identifies a deployment: an app in an environment on a cluster, or the blueprint of a cluster. */
export type DeploymentKey =
  | { kind: 'app'; app: string; environment: string; cluster: string }
  | { kind: 'blueprint'; cluster: string };

/** Of an app, in an environment, on a cluster. */
export type AppDeploymentKey = Extract<DeploymentKey, { kind: 'app' }>;

/** Desired state on a cluster, what was applied, and what was last observed. */
export interface DeploymentState {
  /** Desired release (version of a blueprint); undefined while it is being removed. */
  desiredRelease?: number;
  /** Number of the last desired change of the settings; absent where nothing is set. */
  desiredSettings?: number;
  /**
   * Desired replicas of each workload; undefined where they are not divided:
   * then the release's environment defines them.
   */
  desiredReplicas?: number;
  /** Release observed there. */
  observedRelease?: number;
  /** Of the desired state; undefined until it was rendered. */
  desiredFingerprint?: string;
  /** Of what was last applied; undefined before the first apply. */
  appliedFingerprint?: string;
  sync: SyncStatus;
  health: Health;
  instances: { ready: number; wanted: number };
  /** Another release whose instances were observed ready while the desired one is not healthy. */
  serving?: { release: number; ready: number };
  urls: string[];
  parts: PartVerdict[];
  drift: DriftItem[];
  /** What is wrong, while it is not Healthy. */
  findings: Finding[];
  /** Fingerprint of each object that was applied, by `refKey`. */
  inventory: Record<string, string>;
  /** What blocks the delivery, if anything. */
  problem?: Problem;
}

export interface DeploymentRecord<K extends DeploymentKey = DeploymentKey> {
  key: K;
  /** Of the app, or of the blueprint that the cluster runs. */
  name: string;
  state: DeploymentState;
  /** Start of this state. */
  since: Date;
}

/** One text per deployment: its subject in the history, its key in the work queue. */
export function subjectOf(key: DeploymentKey): string {
  return key.kind === 'app'
    ? `app/${key.app}/${key.environment}/${key.cluster}`
    : `blueprint/${key.cluster}`;
}

/** Returns the deployment that a subject names. */
export function keyOfSubject(subject: string): DeploymentKey {
  const [kind, ...names] = subject.split('/');
  const [first = '', environment = '', cluster = ''] = names;
  return kind === 'app'
    ? { kind: 'app', app: first, environment, cluster }
    : { kind: 'blueprint', cluster: first };
}
