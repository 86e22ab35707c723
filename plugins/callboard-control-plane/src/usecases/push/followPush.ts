import type { ChangeListener, Timekeeper } from '../../reconcile/roles';
import type { PushStep } from '../ControlPlane';
import type { ReadContext } from '../read/SnapshotCache';
import { listenFor } from './listenFor';
import { readPush } from './readPush';
import { beginPush, isAppNeeded, describePush } from './describePush';

/**
 * Follows a pushed revision: one step as soon as it is in the record, until it
 * is Healthy, has failed, or takes longer than anybody waits. Only reads, and
 * each thing once before it tells: it may be called again at any time, by
 * anybody, and tells the same from the start, but for what it says it waits for.
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
