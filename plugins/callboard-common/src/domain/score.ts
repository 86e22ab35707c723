/**
 * A workload of Score v1b1, after parsing: older spellings are already
 * upgraded, placeholders are not yet resolved.
 *
 * Source: the Score specification, score.dev/v1b1.
 */
export interface ScoreWorkload {
  apiVersion: 'score.dev/v1b1';
  metadata: {
    name: string;
    annotations?: Record<string, string>;
    [extra: string]: unknown;
  };
  containers: Record<string, ScoreContainer>;
  service?: { ports?: Record<string, ScorePort> };
  resources?: Record<string, ScoreResource>;
}

export interface ScoreContainer {
  /** `.` means that the image is built from the push. */
  image: string;
  command?: string[];
  args?: string[];
  variables?: Record<string, string>;
  /** Keyed by the absolute path in the container. */
  files?: Record<string, ScoreFile>;
  /** Keyed by the absolute path in the container. */
  volumes?: Record<string, ScoreVolume>;
  resources?: {
    limits?: ScoreResourceAmounts;
    requests?: ScoreResourceAmounts;
  };
  livenessProbe?: ScoreProbe;
  readinessProbe?: ScoreProbe;
  /** Containers that wait for this one, and the state that they wait for. */
  before?: Record<string, { ready: 'started' | 'healthy' | 'complete' }>;
}

export interface ScoreFile {
  mode?: string;
  content?: string;
  binaryContent?: string;
  /** Path in the repository. */
  source?: string;
  noExpand?: boolean;
}

export interface ScoreVolume {
  source: string;
  path?: string;
  readOnly?: boolean;
}

export interface ScoreProbe {
  httpGet?: {
    path: string;
    port: number;
    scheme?: 'HTTP' | 'HTTPS';
    host?: string;
    httpHeaders?: Array<{ name: string; value: string }>;
  };
  exec?: { command: string[] };
}

export interface ScoreResourceAmounts {
  cpu?: string;
  memory?: string;
}

export interface ScorePort {
  port: number;
  protocol?: 'TCP' | 'UDP';
  targetPort?: number;
}

export interface ScoreResource {
  type: string;
  id?: string;
  class?: string;
  metadata?: { annotations?: Record<string, string>; [extra: string]: unknown };
  params?: Record<string, unknown>;
}
