import { removeFetched } from '../source/FetchQuarantine';
import type { PushDeps } from './pushDeps';

const LONGEST_MS = 15 * 60_000; // for a fetch and its judgement; git is killed after 5 min

/**
 * Removes what killed fetches left. Level-based, may run at any time: a fetch
 * in progress in another process is too young to be removed.
 *
 * @returns number of removed folders
 */
export async function sweepFetched(
  { repositories, locks }: Pick<PushDeps, 'repositories' | 'locks'>,
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - LONGEST_MS);
  let removed = 0;
  for (const app of await repositories.list())
    if (!locks.isTaken(app))
      removed += await removeFetched(app, repositories, before);
  return removed;
}
