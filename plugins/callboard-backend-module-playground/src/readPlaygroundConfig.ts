import { resolve } from 'node:path';
import type { Config } from '@backstage/config';

export interface PlaygroundConfig {
  enabled: boolean;
  livenessDeadlineMs: number;
  nodePortBase: number;
  /** Folder for the clusters' state and the bundles. */
  dataDir: string;
  /** Folders with the platform's files. */
  platformFolders: string[];
}

const LIVENESS_DEADLINE_S = 15;
const NODE_PORT_BASE = 30_000;

/** Reads `callboard.playground` and what it shares with the plugin. Relative paths count from the working folder. */
export function readPlaygroundConfig(config: Config): PlaygroundConfig {
  const callboard = config.getOptionalConfig('callboard');
  const playground = callboard?.getOptionalConfig('playground');
  return {
    enabled: playground?.getOptionalBoolean('enabled') ?? true,
    livenessDeadlineMs:
      (playground?.getOptionalNumber('livenessDeadlineSeconds') ??
        LIVENESS_DEADLINE_S) * 1000,
    nodePortBase:
      playground?.getOptionalNumber('nodePortBase') ?? NODE_PORT_BASE,
    dataDir: resolve(
      callboard?.getOptionalString('dataDir') ?? '.data',
      'playground',
    ),
    platformFolders: (callboard?.getOptionalStringArray('platform') ?? []).map(
      folder => resolve(folder),
    ),
  };
}
