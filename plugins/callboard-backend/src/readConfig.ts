import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import type { ConfiguredCluster } from '@callboard/plugin-callboard-control-plane';
import { DEFAULT_GIT_HOST_LIMITS, type GitHostLimits } from './git';

/** A git token that the configuration names. What its user acts for is asked from the catalog. */
export interface ConfiguredGitToken {
  username: string;
  token: string;
  user: string;
}

export interface CallboardConfig {
  /** Folder of everything that is no row of the database: repositories, builds. */
  dataDir: string;
  /** Folders of the platform team's files. */
  platformFolders: string[];
  playground: boolean;
  /** Builder of environments that name none. */
  defaultBuilder: string;
  clusters: ConfiguredCluster[];
  /** Where git clients reach this API: `http://localhost:7007/api/callboard`. */
  apiUrl: string;
  /** Where people reach the portal. */
  portalUrl: string;
  git: GitHostLimits & { tokens: ConfiguredGitToken[] };
}

/** Reads `callboard` of the portal's configuration. Relative paths count from the working folder. */
export function readConfig(config: Config): CallboardConfig {
  const callboard = config.getOptionalConfig('callboard');
  const git = callboard?.getOptionalConfig('git');
  const playground =
    callboard?.getOptionalBoolean('playground.enabled') ?? false;
  const publicUrl =
    callboard?.getOptionalString('publicUrl') ??
    config.getString('backend.baseUrl');
  const limit = (key: keyof GitHostLimits) =>
    readPositive(git, key) ?? DEFAULT_GIT_HOST_LIMITS[key];
  return {
    dataDir: resolve(callboard?.getOptionalString('dataDir') ?? '.data'),
    platformFolders: (callboard?.getOptionalStringArray('platform') ?? []).map(
      folder => resolve(folder),
    ),
    playground,
    defaultBuilder:
      callboard?.getOptionalString('builder.type') ??
      (playground ? 'bundle' : 'given'),
    clusters: callboard?.getOptional<ConfiguredCluster[]>('clusters') ?? [],
    apiUrl: `${withoutSlash(publicUrl)}/api/callboard`,
    portalUrl: withoutSlash(
      config.getOptionalString('app.baseUrl') ?? publicUrl,
    ),
    git: {
      maxPushBytes: limit('maxPushBytes'),
      receiveSeconds: limit('receiveSeconds'),
      followSeconds: limit('followSeconds'),
      maxConcurrent: limit('maxConcurrent'),
      tokens: (git?.getOptionalConfigArray('tokens') ?? []).map(token => ({
        username: token.getString('username'),
        token: token.getString('token'),
        user: token.getString('user'),
      })),
    },
  };
}

function readPositive(
  config: Config | undefined,
  key: string,
): number | undefined {
  const value = config?.getOptionalNumber(key);
  if (value === undefined || value > 0) return value;
  throw new Error(`callboard.git.${key} must be larger than 0, got ${value}`);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
