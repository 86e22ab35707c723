import { trackUpdate } from '../apply';
import { timestamp } from '../clock';
import type { ApiResource } from '../discovery';
import { alreadyExists, invalid, StatusError } from '../errors';
import { cloneJson, type ManagedFieldsEntry, type SimObject } from '../json';
import { schemaOf } from '../schema';
import { validateMetadata } from '../validation';
import { checkNamespaceAccepts, placeInNamespace } from './checkNamespace';
import type { Registry, WriteOptions } from './Registry';
import { strategyOf } from './strategies';

/** Creates an object as a POST does; with `managedFields`, as a server-side apply of a new object. */
export function createObject(
  registry: Registry,
  resource: ApiResource,
  input: {
    object: SimObject;
    namespace: string | undefined;
    managedFields?: ManagedFieldsEntry[];
  },
  options: WriteOptions,
): SimObject {
  const object = cloneJson(input.object);
  const strategy = strategyOf(resource);
  if (object.metadata.resourceVersion !== undefined) {
    throw new StatusError(
      500,
      '',
      'resourceVersion should not be set on objects to be created',
    );
  }
  placeInNamespace(resource, object, input.namespace);
  setIdentity(registry, resource, object);
  checkNamespaceAccepts(registry, resource, object);
  strategy.setDefaults?.(object);
  const managedFields =
    input.managedFields ?? trackCreation(registry, resource, object, options);
  if (resource.subresources.has('status')) object.status = {};
  if (strategy.hasGeneration) object.metadata.generation = 1;
  strategy.prepareForCreate?.(object, registry);
  object.metadata.managedFields =
    managedFields.length > 0 ? managedFields : undefined;

  const errors = [
    ...validateMetadata(resource, object),
    ...(strategy.validate?.(object) ?? []),
  ];
  if (errors.length > 0) throw invalid(resource, object.metadata.name, errors);
  strategy.warningsFor?.(object).forEach(warning => options.warn?.(warning));
  const { namespace, name } = object.metadata;
  if (registry.store.get(resource.storage, namespace, name) !== undefined)
    throw alreadyExists(resource, name);
  strategy.allocate?.(object, undefined, registry);
  if (options.isDryRun) return object;
  return registry.store.put(resource.storage, object);
}

function setIdentity(
  { random, clock }: Registry,
  resource: ApiResource,
  object: SimObject,
): void {
  const { metadata } = object;
  if (!metadata.name && metadata.generateName)
    metadata.name = `${metadata.generateName.slice(0, 58)}${random.suffix(5)}`;
  if (!metadata.name) {
    throw invalid(resource, '', [
      {
        reason: 'FieldValueRequired',
        field: 'metadata.name',
        message: 'Required value: name or generateName is required',
      },
    ]);
  }
  metadata.uid = random.uuid();
  metadata.creationTimestamp = timestamp(clock.now());
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.generation;
}

function trackCreation(
  { clock }: Registry,
  resource: ApiResource,
  object: SimObject,
  options: WriteOptions,
): ManagedFieldsEntry[] {
  const schema = schemaOf(resource.groupVersion, resource.kind);
  if (schema === undefined) return [];
  const { status: _, ...rest } = object;
  const tracked = resource.subresources.has('status')
    ? (rest as SimObject)
    : object;
  return trackUpdate({
    live: undefined,
    next: tracked,
    schema,
    id: {
      manager: options.manager,
      operation: 'Update',
      apiVersion: resource.groupVersion,
    },
    time: timestamp(clock.now()),
  });
}
