import type { Problem } from '@callboard/plugin-callboard-common';
import type { PushDeps } from './pushDeps';
import { settleIntent } from './settlePush';

export interface SweptPushes {
  /** Pushes that this sweep recorded: `shop@1a2b…`. */
  recorded: string[];
  /** Pushes that could not be recorded; the next sweep tries them again. */
  failed: Array<{ app: string; commit: string; problem: Problem }>;
}

/**
 * Records the pushes of an app whose branch moved and which are not recorded,
 * and removes those whose branch never moved. The caller holds the app's lock.
 */
export async function settleIntents(
  app: string,
  deps: PushDeps,
): Promise<SweptPushes> {
  const swept: SweptPushes = { recorded: [], failed: [] };
  for (const intent of await deps.intents.list(app)) {
    if (!(await deps.intents.has(intent))) {
      swept.recorded.push(`${app}@${intent.commit}`); // recorded before a later push
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
  return swept;
}
