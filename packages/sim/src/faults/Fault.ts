/** What is wrong with a cluster's API, as data. Ratios are of requests, 0 to 1. */
export interface Fault {
  /** Every answer comes this much later. */
  latencyMs?: number;
  /** 429 with `Retry-After`. */
  throttle?: { ratio: number; retryAfterSeconds: number };
  /** A 5xx Status. */
  errors?: { ratio: number; code: number };
  /** 200 with a body that is no JSON. */
  nonsense?: { ratio: number };
  /** `silent`: open and new watches say nothing, not even bookmarks. `refuse`: they are cut at once. */
  watches?: 'silent' | 'refuse';
  /** Watch lines that get lost. */
  droppedEvents?: { ratio: number };
}

/** What happens to one request, decided by chance. */
export type RequestFate =
  | { kind: 'served' }
  | { kind: 'throttled'; retryAfterSeconds: number }
  | { kind: 'failed'; code: number }
  | { kind: 'nonsense' };

/** Draws a request's fate; the first fault that strikes counts. */
export function drawFate(fault: Fault, draw: () => number): RequestFate {
  if (fault.throttle !== undefined && draw() < fault.throttle.ratio) {
    return {
      kind: 'throttled',
      retryAfterSeconds: fault.throttle.retryAfterSeconds,
    };
  }
  if (fault.errors !== undefined && draw() < fault.errors.ratio)
    return { kind: 'failed', code: fault.errors.code };
  if (fault.nonsense !== undefined && draw() < fault.nonsense.ratio)
    return { kind: 'nonsense' };
  return { kind: 'served' };
}
