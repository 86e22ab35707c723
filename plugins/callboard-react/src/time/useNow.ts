import { useSyncExternalStore } from 'react';

/* One clock for the whole page: every age changes in the same frame, and a single timer serves all of them. */
let second = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The current time, updated every second. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, readSecond) * 1_000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function readSecond(): number {
  // Without subscribers the timer is stopped; the first reader sets the time.
  if (timer === undefined) second = currentSecond();
  return second;
}

function tick(): void {
  second = currentSecond();
  for (const listener of listeners) listener();
}

function currentSecond(): number {
  return Math.floor(Date.now() / 1_000);
}
