import type { Problem } from '@callboard/plugin-callboard-common';
import type { PushDeps } from './pushDeps';
import { settleIntent } from './settlePush';

export interface SweptPushes {
  /** Pushes that were recorded now: `shop@1a2b…`. */
  recorded: string[];
  /** Pushes that could not be recorded now and are tried again by the next sweep. */
  failed: Array<{ app: string; commit: string; problem: Problem }>;
}

/**
 * Brings the record in line with the repositories: accepted pushes whose
 * branch moved but which nobody recorded (the process was killed in between)
 * are recorded; those whose branch never moved are forgotten. Level-based, may
 * run at any time; apps with a push under way are left alone.
 */
export async function sweepPushes(deps: PushDeps): Promise<SweptPushes> {
  const swept: SweptPushes = { recorded: [], failed: [] };
  for (const app of await deps.repositories.list()) {
    if (deps.locks.isTaken(app)) continue;
    if ((await deps.intents.list(app)).length === 0) continue;
    const release = await deps.locks.acquire(app);
    try {
      for (const intent of await deps.intents.list(app)) {
        if (!(await deps.intents.has(intent))) {
          swept.recorded.push(`${app}@${intent.commit}`); // before one that came after it
          continue;
        }
        if (!(await deps.repositories.isOnMain(app, intent.commit))) {
          await deps.intents.drop(intent);
          continue;
        }
        const settled = await settleIntent(intent, deps);
        if (settled.ok) swept.recorded.push(`${app}@${intent.commit}`);
        else
          swept.failed.push({
            app,
            commit: intent.commit,
            problem: settled.problem,
          });
      }
    } finally {
      release();
    }
  }
  return swept;
}
