import type { StoreEvent } from '../store';

/**
 * Brings one thing to its desired state. Level-based: it reads what is, never
 * what happened, and may run again at any time without harm.
 */
export interface Controller {
  readonly name: string;
  /** What to look at after an event. */
  keysOf(event: StoreEvent): readonly string[];
  /** @returns after how long to look again, if nothing happens before */
  reconcile(key: string): number | undefined;
}

/** `namespace/name`; the namespace is empty for cluster-wide things. */
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
