import { trackUpdate } from '../apply';
import { timestamp } from '../clock';
import type { ApiResource } from '../discovery';
import { conflict, invalid, STALE_OBJECT } from '../errors';
import {
  cloneJson,
  equalJson,
  type ManagedFieldsEntry,
  type SimObject,
} from '../json';
import { schemaOf } from '../schema';
import { validateMetadata, validateMetadataUpdate } from '../validation';
import { placeInNamespace } from './checkNamespace';
import type { Registry, WriteOptions } from './Registry';
import { removeWhenReleased } from './removeWhenReleased';
import { strategyOf } from './strategies';

/**
 * Updates a live object: PUT, PATCH and apply all end here.
 *
 * An unchanged object is not stored. An object whose deletion waited only for
 * its finalizers is removed with the last of them.
 */
export function updateObject(
  registry: Registry,
  resource: ApiResource,
  input: {
    live: SimObject;
    next: SimObject;
    managedFields?: ManagedFieldsEntry[];
  },
  options: WriteOptions,
): SimObject {
  const { live } = input;
  const next = cloneJson(input.next);
  const strategy = strategyOf(resource);
  checkIdentity(resource, live, next);
  placeInNamespace(resource, next, live.metadata.namespace);
  keepServerFields(live, next);
  keepOtherHalf(resource, live, next, options);
  strategy.setDefaults?.(next);
  next.metadata.managedFields =
    input.managedFields ??
    trackChange(registry, resource, { live, next }, options);
  strategy.prepareForUpdate?.(next, live, registry);
  if (strategy.hasGeneration && !equalJson(next.spec, live.spec))
    next.metadata.generation = (live.metadata.generation ?? 0) + 1;

  if (options.subresource !== 'status') validate(resource, live, next);
  strategy.allocate?.(next, live, registry);
  if (isUnchanged(live, next)) return live;
  if (options.isDryRun) return next;
  return (
    removeWhenReleased(registry, resource, next) ??
    registry.store.put(resource.storage, next)
  );
}

function checkIdentity(
  resource: ApiResource,
  live: SimObject,
  next: SimObject,
): void {
  const { name, uid, resourceVersion } = next.metadata;
  if (uid !== undefined && uid !== '' && uid !== live.metadata.uid) {
    throw conflict(
      resource,
      name,
      `StorageError: invalid object, Code: 4, Key: ${registryKey(
        resource,
        live,
      )}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${
        live.metadata.uid
      }`,
    );
  }
  if (
    resourceVersion !== undefined &&
    resourceVersion !== '' &&
    resourceVersion !== live.metadata.resourceVersion
  ) {
    throw conflict(resource, name, STALE_OBJECT);
  }
}

/** The key in a real server's etcd. */
function registryKey(
  { resource, isNamespaced }: ApiResource,
  { metadata }: SimObject,
): string {
  const places: Record<string, string> = {
    services: 'services/specs',
    nodes: 'minions',
    endpoints: 'services/endpoints',
  };
  return `/registry/${places[resource] ?? resource}/${
    isNamespaced ? `${metadata.namespace}/` : ''
  }${metadata.name}`;
}

function keepServerFields(live: SimObject, next: SimObject): void {
  const {
    uid,
    creationTimestamp,
    resourceVersion,
    generation,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  } = live.metadata;
  Object.assign(next.metadata, {
    uid,
    creationTimestamp,
    resourceVersion,
    generation,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  });
}

/** Status may be written only through its subresource, and all other fields only without it. */
function keepOtherHalf(
  resource: ApiResource,
  live: SimObject,
  next: SimObject,
  { subresource }: WriteOptions,
): void {
  if (!resource.subresources.has('status')) return;
  if (subresource !== 'status') {
    next.status = live.status;
    return;
  }
  const { labels, annotations, finalizers, ownerReferences } = live.metadata;
  const status = next.status;
  for (const field of Object.keys(next)) {
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(field))
      delete next[field];
  }
  Object.assign(next, { ...live, metadata: next.metadata, status });
  Object.assign(next.metadata, { labels, finalizers, ownerReferences });
  if (resource.resource !== 'nodes' && resource.resource !== 'deployments')
    next.metadata.annotations = annotations;
}

function trackChange(
  { clock }: Registry,
  resource: ApiResource,
  { live, next }: { live: SimObject; next: SimObject },
  { manager, subresource }: WriteOptions,
): ManagedFieldsEntry[] | undefined {
  const schema = schemaOf(resource.groupVersion, resource.kind);
  if (schema === undefined) return live.metadata.managedFields;
  const id = {
    manager,
    operation: 'Update' as const,
    apiVersion: resource.groupVersion,
    ...(subresource ? { subresource } : {}),
  };
  const entries = trackUpdate({
    live,
    next,
    schema,
    id,
    time: subresource === 'scale' ? undefined : timestamp(clock.now()),
  });
  return entries.length > 0 ? entries : undefined;
}

function validate(
  resource: ApiResource,
  live: SimObject,
  next: SimObject,
): void {
  const strategy = strategyOf(resource);
  const errors = [
    ...validateMetadataUpdate(live, next),
    ...validateMetadata(resource, next),
    ...(strategy.validateUpdate?.(next, live) ?? []),
    ...(strategy.validate?.(next) ?? []),
  ];
  if (errors.length > 0) throw invalid(resource, next.metadata.name, errors);
}

/** A change of the managers' times alone is no change. */
function isUnchanged(live: SimObject, next: SimObject): boolean {
  const timeless = (object: SimObject) => ({
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: object.metadata.managedFields?.map(
        ({ time: _, ...entry }) => entry,
      ),
    },
  });
  return equalJson(timeless(live), timeless(next));
}
