import type { ScoreResource } from '@callboard/plugin-callboard-common';
import { sha256 } from '../sha256';

const MAX_LENGTH = 45; // what Kubernetes adds to the names of a stateful set's pods and claims fits behind it
const HASH_LENGTH = 8;

/** Resources of the same type, class and `id` are one; without an `id` each is its own. */
export function identityOf({
  type,
  class: kind = 'default',
  id,
}: ScoreResource): string | undefined {
  return id === undefined ? undefined : `${type}.${kind}#${id}`;
}

/**
 * Name of the objects of a resource: `orders-1a2b3c4d` for the id "orders",
 * `web-db-1a2b3c4d` for the resource "db" of the workload "web". It says nothing
 * of its neighbours: data is found by it, whatever else the app comes to have.
 */
export function nameObjects(
  workload: string,
  name: string,
  resource: ScoreResource,
): string {
  const { type, class: kind = 'default', id } = resource;
  const identity =
    identityOf(resource) ?? `${type}.${kind}#${workload}.${name}`;
  const readable = (id ?? `${workload}-${name}`)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH - HASH_LENGTH - 1)
    .replace(/^[-0-9]+|-$/g, ''); // names of services start with a letter
  return [readable || 'r', sha256(identity).slice(0, HASH_LENGTH)].join('-');
}
