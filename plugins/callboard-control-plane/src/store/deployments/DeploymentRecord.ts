import type { PartVerdict } from '@callboard/plugin-callboard-core';
import type {
  DriftItem,
  Finding,
  Health,
  Problem,
  SyncStatus,
} from '@callboard/plugin-callboard-common';

/** Which deployment: an app in an environment on a cluster, or the blueprint of a cluster. */
export type DeploymentKey =
  | { kind: 'app'; app: string; environment: string; cluster: string }
  | { kind: 'blueprint'; cluster: string };

/** Of an app, in an environment, on a cluster. */
export type AppDeploymentKey = Extract<DeploymentKey, { kind: 'app' }>;

/** What is wanted on a cluster, what was applied, and how it was last seen. */
export interface DeploymentState {
  /** Release wanted (version of a blueprint); undefined while it is being removed. */
  desiredRelease?: number;
  /** Number of the last change of the settings that it shall have with it; absent where nothing is set. */
  desiredSettings?: number;
  /** Replicas wanted of each workload; undefined where they are not divided: then the release's environment says it. */
  desiredReplicas?: number;
  /** Release seen there. */
  observedRelease?: number;
  /** Of what is wanted; undefined until it was rendered. */
  desiredFingerprint?: string;
  /** Of what was applied last; undefined until something was. */
  appliedFingerprint?: string;
  sync: SyncStatus;
  health: Health;
  instances: { ready: number; wanted: number };
  /** Another release whose instances were seen ready while the wanted one is not healthy. */
  serving?: { release: number; ready: number };
  urls: string[];
  parts: PartVerdict[];
  drift: DriftItem[];
  /** What is wrong, while it is not Healthy. */
  findings: Finding[];
  /** Fingerprint of each object that was applied, by `refKey`. */
  inventory: Record<string, string>;
  /** What prevents the delivery, where something does. */
  problem?: Problem;
}

export interface DeploymentRecord<K extends DeploymentKey = DeploymentKey> {
  key: K;
  /** Of the app, or of the blueprint that the cluster runs. */
  name: string;
  state: DeploymentState;
  /** Since when it is as it is. */
  since: Date;
}

/** One text per deployment: subject of the record, key of the work queue. */
export function subjectOf(key: DeploymentKey): string {
  return key.kind === 'app'
    ? `app/${key.app}/${key.environment}/${key.cluster}`
    : `blueprint/${key.cluster}`;
}

/** The deployment that a subject names. */
export function keyOfSubject(subject: string): DeploymentKey {
  const [kind, ...names] = subject.split('/');
  const [first = '', environment = '', cluster = ''] = names;
  return kind === 'app'
    ? { kind: 'app', app: first, environment, cluster }
    : { kind: 'blueprint', cluster: first };
}
