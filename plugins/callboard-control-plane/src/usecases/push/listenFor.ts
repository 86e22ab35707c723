import type { ChangeListener } from '../../reconcile/roles';

const POLL_MS = 1_000; // changes of this process are reported at once; this is for those of others

/** Waits for the next change of an app; one that happens between two waits is not missed. */
export function listenFor(
  app: string,
  { changes, timers }: ChangeListener,
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
