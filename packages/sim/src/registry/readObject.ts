import type { ApiResource } from '../discovery';
import { notFound } from '../errors';
import type { SimObject } from '../json';
import type { Registry } from './Registry';

/** Returns the object as it is stored; throws 404. */
export function readObject(
  { store }: Registry,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
): SimObject {
  const object = store.get(
    resource.storage,
    resource.isNamespaced ? namespace : undefined,
    name,
  );
  if (object === undefined) throw notFound(resource, name);
  return object;
}
