import { AGENTS } from './agents';
import { CLUSTERS } from './clusters';
import { COMMAND_LINE } from './commandLine';
import { GIT } from './git';
import { PLATFORM } from './platform';
import { LISTENING, PORTAL } from './portal';
import { PUSHED } from './pushed';
import { REGISTRIES } from './registries';
import type { Reader } from './Reader';

export { closeListening } from './portal';
export { type Outcome, type Reader, type Seed, bytesOf } from './Reader';

/** Everything of the product that reads bytes of others. */
export const READERS: readonly Reader[] = [
  ...PUSHED,
  ...GIT,
  ...PLATFORM,
  ...CLUSTERS,
  ...REGISTRIES,
  ...AGENTS,
  ...PORTAL,
  ...COMMAND_LINE,
  ...LISTENING,
];
