import { resolve } from 'node:path';
import type { Config } from '@backstage/config';

/**
 * Returns the folder for everything outside of the database: repositories,
 * keys, builds. Relative paths start at the working folder.
 *
 * Required outside of development: a default that depends on the working folder
 * would be lost with the next deployment, and the hub's key with it.
 */
export function readDataDir(
  config: Config,
  nodeEnv: string | undefined = process.env.NODE_ENV,
): string {
  const named = config.getOptionalString('callboard.dataDir');
  if (named !== undefined) return resolve(named);
  if (nodeEnv === 'development') return resolve('.data');
  throw new Error(
    'callboard.dataDir is not set. Set it to a folder that outlives deployments: repositories, builds and the key that agents trust are kept there. Only in development (NODE_ENV=development) it may be omitted',
  );
}
