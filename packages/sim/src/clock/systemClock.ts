import type { Clock } from './Clock';

const LONGEST_TIMER_MS = 2_147_483_647; // a longer timer fires at once

/** The machine's clock. Timers never keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => new Date(),
    schedule(ms, callback) {
      const end = Date.now() + ms;
      let timer: NodeJS.Timeout;
      const wait = () => {
        const leftMs = end - Date.now();
        timer = setTimeout(
          leftMs > LONGEST_TIMER_MS ? wait : callback,
          Math.min(leftMs, LONGEST_TIMER_MS),
        );
        timer.unref();
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
