import type { PushDeps } from './pushDeps';
import { type SweptPushes, settleIntents } from './settleIntents';

/**
 * Brings the database in line with the repositories: accepted pushes whose
 * branch moved but which were not recorded (the process was killed in between)
 * are recorded; those whose branch never moved are removed. Level-based, may
 * run at any time; apps with a push in progress are skipped.
 */
export async function sweepPushes(deps: PushDeps): Promise<SweptPushes> {
  const swept: SweptPushes = { recorded: [], failed: [] };
  for (const app of await deps.repositories.list()) {
    if (deps.locks.isTaken(app)) continue;
    if ((await deps.intents.list(app)).length === 0) continue;
    const release = await deps.locks.acquire(app);
    try {
      const { recorded, failed } = await settleIntents(app, deps);
      swept.recorded.push(...recorded);
      swept.failed.push(...failed);
    } finally {
      release();
    }
  }
  return swept;
}
