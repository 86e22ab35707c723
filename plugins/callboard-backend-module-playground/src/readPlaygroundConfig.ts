import { join, resolve } from 'node:path';
import type { Config } from '@backstage/config';

export interface PlaygroundConfig {
  enabled: boolean;
  livenessDeadlineMs: number;
  nodePortBase: number;
  /** The only user who may push where pushed code cannot be isolated. */
  localUser: string;
  /** Folder for the clusters' state and the bundles. */
  dataDir: string;
  /** Folders with the platform's files. */
  platformFolders: string[];
}

const LIVENESS_DEADLINE_S = 15;
const NODE_PORT_BASE = 30_000;
const LOCAL_USER = 'user:development/guest';

/**
 * Reads `callboard.playground` and the settings that it shares with the plugin.
 * Relative paths are resolved against the working folder.
 *
 * @param dataDir - the portal's data folder; the playground has a folder of its
 *   own in it
 */
export function readPlaygroundConfig(
  config: Config,
  dataDir: string,
): PlaygroundConfig {
  const callboard = config.getOptionalConfig('callboard');
  const playground = callboard?.getOptionalConfig('playground');
  return {
    enabled: playground?.getOptionalBoolean('enabled') ?? false,
    livenessDeadlineMs:
      (playground?.getOptionalNumber('livenessDeadlineSeconds') ??
        LIVENESS_DEADLINE_S) * 1000,
    nodePortBase:
      playground?.getOptionalNumber('nodePortBase') ?? NODE_PORT_BASE,
    localUser: playground?.getOptionalString('localUser') ?? LOCAL_USER,
    dataDir: join(dataDir, 'playground'),
    platformFolders: (callboard?.getOptionalStringArray('platform') ?? []).map(
      folder => resolve(folder),
    ),
  };
}
