import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tests of the portal's own process: `npm test` runs them once the pages are built. */
export const describePortal = process.env.CALLBOARD_PORTAL
  ? describe
  : describe.skip;

/** Writes a configuration file for `npm start -- --config` and answers its path. */
export function writeConfig(folder: string, config: object): string {
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** A portal without simulated clusters: it starts sooner. */
export const WITHOUT_CLUSTERS = {
  callboard: { playground: { enabled: false } },
};
