import type {
  ScoreResource,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { sha256 } from '../sha256';

const MAX_LENGTH = 45; // leaves space for the suffixes that Kubernetes adds for pods and claims of a stateful set
const HASH_LENGTH = 8;

/** Resources of the same type, class and `id` are one; without an `id` each is separate. */
export function identityOf({
  type,
  class: kind = 'default',
  id,
}: ScoreResource): string | undefined {
  return id === undefined ? undefined : `${type}.${kind}#${id}`;
}

/**
 * Returns whether a workload may share any of its resources with others: most
 * have none, so that the others need not be checked.
 */
export function mayShare({ resources = {} }: ScoreWorkload): boolean {
  return Object.values(resources).some(({ id }) => id !== undefined);
}

/**
 * Returns the name of a resource's objects: `orders-1a2b3c4d` for the id
 * "orders", `web-db-1a2b3c4d` for the resource "db" of the workload "web". It
 * does not depend on other resources: data is found by it, whatever is added to
 * the app later.
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

/**
 * Returns the name of a resource within the limit of an operator that appends
 * to it: the readable part is cut, the unique part is kept.
 *
 * @param max - length in characters, at least 10
 */
export function shortenObjectName(objectName: string, max: number): string {
  if (objectName.length <= max) return objectName;
  const readable = objectName.slice(0, max - HASH_LENGTH - 1).replace(/-$/, ''); // names have no two dashes in a row
  return `${readable}-${hashOf(objectName)}`;
}

/** Returns whether an object belongs to a resource, by its name: equal, with a suffix, or shortened. */
export function isNamedFor(objectName: string, name: string): boolean {
  return (
    name === objectName ||
    name.startsWith(`${objectName}-`) ||
    name.endsWith(`-${hashOf(objectName)}`)
  );
}

/** Returns the hash that makes the name of a resource's objects unique in the app. */
export function hashOf(objectName: string): string {
  return objectName.slice(-HASH_LENGTH);
}
