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
 * Records the pushes of an app whose branch moved and which nobody recorded,
 * and forgets those whose branch never moved. For who has the app's turn.
 */
export async function settleIntents(
  app: string,
  deps: PushDeps,
): Promise<SweptPushes> {
  const swept: SweptPushes = { recorded: [], failed: [] };
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
  return swept;
}
