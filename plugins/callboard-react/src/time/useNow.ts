import { useSyncExternalStore } from 'react';

/*
 * One clock for the whole page: every age changes in the same frame, and one
 * timer runs however many ages are shown.
 */
let second = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The current time, renewed every second. */
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
  // While nobody listens the clock stands still; the first reader sets it.
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
