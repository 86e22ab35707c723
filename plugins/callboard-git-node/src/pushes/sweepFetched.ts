import { removeFetched } from '../source/FetchQuarantine';
import type { PushDeps } from './pushDeps';

const LONGEST_MS = 15 * 60_000; // of a fetch and its judgement; git is ended after 5 min

/**
 * Removes what fetches left that were killed. Level-based, may run at any time:
 * one that is under way in another process is left alone for its age.
 *
 * @returns how many were removed
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
