import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import type { PushStep } from '../ControlPlane';
import type { ReadContext } from '../read/SnapshotCache';
import { readPush } from './readPush';
import { beginPush, isAppNeeded, describePush } from './describePush';

const POLL_MS = 1_000; // changes of this process are told at once; this is for those of others

/**
 * Follows a pushed revision: one step as soon as it is in the record, until it
 * is Healthy, has failed, or takes longer than anybody waits. Only reads, and
 * each thing once before it tells: it may be called again at any time, by
 * anybody, and tells the same from the start, but for what it says it waits for.
 */
export async function* followPush(
  push: { app: string; commit: string },
  context: ReadContext,
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

/** Waits for the next change of an app; one that happens between two waits is not missed. */
function listenFor(
  app: string,
  { changes, timers }: ReconcileContext,
): { next(signal: AbortSignal): Promise<void>; stop(): void } {
  let isNews = false;
  let wake = () => {};
  const stop = changes.listen(({ kind, name }) => {
    if (kind !== 'app' || name !== app) return;
    isNews = true;
    wake();
  });
  return {
    stop,
    next: signal =>
      new Promise(resolve => {
        if (isNews || signal.aborted) {
          isNews = false;
          resolve();
          return;
        }
        const waiting: { cancel?: () => void } = {};
        const finish = () => {
          waiting.cancel?.();
          signal.removeEventListener('abort', finish);
          wake = () => {};
          isNews = false;
          resolve();
        };
        waiting.cancel = timers.after(POLL_MS, finish);
        signal.addEventListener('abort', finish, { once: true });
        wake = finish;
      }),
  };
}
