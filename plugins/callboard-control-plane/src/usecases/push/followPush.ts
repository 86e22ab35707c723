import type { ChangeListener, Timekeeper } from '../../reconcile/roles';
import type { PushStep } from '../ControlPlane';
import type { ReadContext } from '../read/SnapshotCache';
import { listenFor } from './listenFor';
import { readPush } from './readPush';
import { beginPush, isAppNeeded, describePush } from './describePush';

/**
 * Follows a pushed revision: yields each step as soon as it is recorded, until
 * the revision is Healthy, has failed, or exceeds the longest wait. Only reads,
 * and each part once before it yields: any caller may repeat it at any time, and
 * gets the same from the start, except for what it waits for.
 */
export async function* followPush(
  push: { app: string; commit: string },
  context: ReadContext & ChangeListener & Timekeeper,
  signal: AbortSignal,
): AsyncGenerator<PushStep> {
  const { intervals } = context;
  const { clock } = context.deps;
  let progress = beginPush(clock.now());
  const changes = listenFor(push.app, context);
  try {
    while (!signal.aborted) {
      const now = clock.now();
      const withApp = isAppNeeded(progress, { now, intervals });
      const reading = await readPush(push, context, { now, withApp });
      if (!reading) return;
      const turn = describePush(reading, progress, { now, intervals });
      yield* turn.lines;
      if (turn.isOver) return;
      progress = turn.progress;
      await changes.next(signal);
    }
  } finally {
    changes.stop();
  }
}
