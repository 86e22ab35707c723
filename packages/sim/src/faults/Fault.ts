/** Faults of a cluster's API, as data. Ratios are of requests, 0 to 1. */
export interface Fault {
  /** Delays every response by this many milliseconds. */
  latencyMs?: number;
  /** 429 with `Retry-After`. */
  throttle?: { ratio: number; retryAfterSeconds: number };
  /** A 5xx Status. */
  errors?: { ratio: number; code: number };
  /** 200 with a body that is not JSON. */
  nonsense?: { ratio: number };
  /** `silent`: open and new watches send nothing, not even bookmarks. `refuse`: they are closed at once. */
  watches?: 'silent' | 'refuse';
  /** Watch lines that get lost. */
  droppedEvents?: { ratio: number };
}

/** The outcome of one request, drawn at random. */
export type RequestFate =
  | { kind: 'served' }
  | { kind: 'throttled'; retryAfterSeconds: number }
  | { kind: 'failed'; code: number }
  | { kind: 'nonsense' };

/** Draws a request's outcome; the first fault that occurs counts. */
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
