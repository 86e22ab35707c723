import type { ApiResource } from '../discovery';
import { getPath, type SimObject } from '../json';
import type { Registry } from './Registry';
import { strategyOf } from './strategies';

/**
 * Removes an object that is being deleted and has no finalizers or grace period
 * left; `undefined` for any other object.
 */
export function removeWhenReleased(
  registry: Registry,
  resource: ApiResource,
  object: SimObject,
): SimObject | undefined {
  const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } =
    object.metadata;
  if (deletionTimestamp === undefined || (finalizers ?? []).length > 0)
    return undefined;
  if (resource.resource === 'pods' && (deletionGracePeriodSeconds ?? 0) > 0)
    return undefined;
  const ownFinalizers =
    resource.resource === 'namespaces'
      ? getPath(object, ['spec', 'finalizers'])
      : undefined;
  if (Array.isArray(ownFinalizers) && ownFinalizers.length > 0)
    return undefined;
  strategyOf(resource).release?.(object, registry);
  return registry.store.remove(resource.storage, object);
}
