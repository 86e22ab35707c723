import type {
  ScoreResource,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
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

/** Whether any of a workload's resources may be one of other workloads too: most have none, and need no look at those. */
export function mayShare({ resources = {} }: ScoreWorkload): boolean {
  return Object.values(resources).some(({ id }) => id !== undefined);
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

/**
 * The name of a resource within the limit of an operator that makes longer ones
 * of it: the readable part is cut, what makes it unique stays.
 *
 * @param max - length in characters, at least 10
 */
export function shortenObjectName(objectName: string, max: number): string {
  if (objectName.length <= max) return objectName;
  const readable = objectName.slice(0, max - HASH_LENGTH - 1).replace(/-$/, ''); // names have no two dashes in a row
  return `${readable}-${hashOf(objectName)}`;
}

/** Whether an object is one of a resource, by its name: the whole one, one that goes on, or a shortened one. */
export function isNamedFor(objectName: string, name: string): boolean {
  return (
    name === objectName ||
    name.startsWith(`${objectName}-`) ||
    name.endsWith(`-${hashOf(objectName)}`)
  );
}

/** What makes the name of a resource's objects unique in the app. */
export function hashOf(objectName: string): string {
  return objectName.slice(-HASH_LENGTH);
}
