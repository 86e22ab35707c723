import { AGENTS } from './agents';
import { CLUSTERS } from './clusters';
import { COMMAND_LINE } from './commandLine';
import { GIT } from './git';
import { PLATFORM } from './platform';
import { LISTENING, PORTAL, closeListening } from './portal';
import { PUSHED, removeWritten } from './pushed';
import { REGISTRIES } from './registries';
import { SCORES } from './scores';
import type { Reader } from './Reader';

export { type Outcome, type Reader, type Seed, bytesOf } from './Reader';

/** Ends what the readers opened, and removes what they wrote. */
export async function closeReaders(): Promise<void> {
  await closeListening();
  removeWritten();
}

/** Everything of the product that reads bytes of others. */
export const READERS: readonly Reader[] = [
  ...PUSHED,
  ...SCORES,
  ...GIT,
  ...PLATFORM,
  ...CLUSTERS,
  ...REGISTRIES,
  ...AGENTS,
  ...PORTAL,
  ...COMMAND_LINE,
  ...LISTENING,
];
