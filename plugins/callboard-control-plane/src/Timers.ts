/** Timers; all waiting in this package goes through them. Tests may provide their own. */
export interface Timers {
  /** Calls back once after `ms`. Returns a function that cancels it. */
  after(ms: number, call: () => void): () => void;
}

/** Timers of the running process; a waiting one never keeps the process alive. */
export const processTimers: Timers = {
  after(ms, call) {
    const handle = setTimeout(call, ms);
    handle.unref();
    return () => clearTimeout(handle);
  },
};

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(
  timers: Timers,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise(resolve => {
    const waiting: { cancel?: () => void } = {};
    const finish = () => {
      waiting.cancel?.();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    waiting.cancel = timers.after(ms, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
