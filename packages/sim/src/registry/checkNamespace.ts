import { type ApiResource, resourceOfKind } from '../discovery';
import { badRequest, forbidden, notFound } from '../errors';
import type { SimObject } from '../json';
import type { Registry } from './Registry';

/** Sets the namespace of the path; refuses an object with a different one. */
export function placeInNamespace(
  resource: ApiResource,
  object: SimObject,
  namespace: string | undefined,
): void {
  if (!resource.isNamespaced) {
    delete object.metadata.namespace;
    return;
  }
  const own = object.metadata.namespace;
  if (own !== undefined && own !== '' && own !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  object.metadata.namespace = namespace;
}

/** Refuses creation in a namespace that is missing or being deleted. */
export function checkNamespaceAccepts(
  { store }: Registry,
  resource: ApiResource,
  object: SimObject,
): void {
  if (!resource.isNamespaced) return;
  const namespace = object.metadata.namespace ?? '';
  const namespaces = resourceOfKind('v1', 'Namespace');
  const found = store.get(namespaces.storage, undefined, namespace);
  if (found === undefined) throw notFound(namespaces, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  throw forbidden(
    resource,
    object.metadata.name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  );
}
