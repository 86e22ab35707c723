import type { Clock } from './Clock';

/** The machine's clock. Timers never keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => new Date(),
    schedule(ms, callback) {
      const timer = setTimeout(callback, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
