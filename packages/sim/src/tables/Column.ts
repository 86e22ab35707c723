import type { JsonValue, SimObject } from '../json';

/** One column of `kubectl get`. */
export interface Column {
  name: string;
  type: 'string' | 'integer';
  /** Columns above 0 show with `-o wide` only. */
  priority?: number;
  value(object: SimObject, now: Date): JsonValue;
}
