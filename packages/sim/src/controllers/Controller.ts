import type { StoreEvent } from '../store';

/**
 * Reconciles one object. Level-based: it reads the actual state, never the
 * event, and may run again at any time without harm.
 */
export interface Controller {
  readonly name: string;
  /** Returns the keys to reconcile after an event. */
  keysOf(event: StoreEvent): readonly string[];
  /**
   * @returns milliseconds until the next reconcile, unless an event comes
   *   before
   */
  reconcile(key: string): number | undefined;
}

/** `namespace/name`; the namespace is empty for cluster-scoped objects. */
export function keyOf({
  namespace,
  name,
}: {
  namespace?: string;
  name: string;
}): string {
  return `${namespace ?? ''}/${name}`;
}

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
