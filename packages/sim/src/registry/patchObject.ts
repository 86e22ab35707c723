import { applyConfiguration } from '../apply';
import { timestamp } from '../clock';
import type { ApiResource } from '../discovery';
import { badRequest, conflict, notFound, StatusError } from '../errors';
import {
  cloneJson,
  isJsonObject,
  type JsonObject,
  type SimObject,
} from '../json';
import { applyJsonPatch, applyMergePatch, applyStrategicPatch } from '../patch';
import { schemaOf } from '../schema';
import { checkTypes } from './checkTypes';
import { createObject } from './createObject';
import { decodeObject } from './decodeObject';
import { readObject } from './readObject';
import type { Registry, WriteOptions } from './Registry';
import { updateObject } from './updateObject';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface Patch {
  type: PatchType;
  namespace: string | undefined;
  name: string;
  body: unknown;
  /** Apply only: takes over fields of other managers. */
  force?: boolean;
}

/** Patches an object; an apply creates a missing one. `isNew` means 201 instead of 200. */
export function patchObject(
  registry: Registry,
  resource: ApiResource,
  patch: Patch,
  options: WriteOptions,
): { object: SimObject; isNew: boolean } {
  if (patch.type === 'apply')
    return applyPatch(registry, resource, patch, options);
  const live = readObject(registry, resource, patch.namespace, patch.name);
  const patched = patchJson(resource, live, patch);
  const next = decodeObject(resource, patched, {
    ...options,
    fieldValidation: options.fieldValidation ?? 'Warn',
  });
  checkName(next, patch.name);
  return {
    object: updateObject(registry, resource, { live, next }, options),
    isNew: false,
  };
}

function patchJson(
  resource: ApiResource,
  live: SimObject,
  { type, body }: Patch,
): JsonObject {
  const object = live as JsonObject;
  if (type === 'json') return applyJsonPatch(object, body);
  if (!isJsonObject(body))
    throw badRequest(
      'json: cannot unmarshal the patch into Go value of type map[string]interface {}',
    );
  if (type === 'merge') return applyMergePatch(object, body);
  const schema = schemaOf(resource.groupVersion, resource.kind) ?? {
    kind: 'untyped',
  };
  return applyStrategicPatch(object, body, schema);
}

function checkName(next: SimObject, name: string): void {
  if (next.metadata.name === name) return;
  throw badRequest(
    `the name of the object (${next.metadata.name}) does not match the name on the URL (${name})`,
  );
}

function applyPatch(
  registry: Registry,
  resource: ApiResource,
  patch: Patch,
  options: WriteOptions,
) {
  const schema = schemaOf(resource.groupVersion, resource.kind) ?? {
    kind: 'untyped',
  };
  const config = readConfiguration(resource, patch);
  checkTypes(resource, config, schema);
  const live = registry.store.get(
    resource.storage,
    resource.isNamespaced ? patch.namespace : undefined,
    patch.name,
  );
  if (live === undefined && options.subresource !== undefined)
    throw notFound(resource, patch.name);
  if (live === undefined && config.metadata.uid !== undefined) {
    throw conflict(
      resource,
      patch.name,
      'uid mismatch: the provided object specified uid ' +
        `${config.metadata.uid}, and no existing object was found`,
    );
  }
  const applied = applyConfiguration({
    live,
    config: ownedPart(resource, config, options),
    schema,
    id: {
      manager: options.manager,
      operation: 'Apply',
      apiVersion: resource.groupVersion,
      ...(options.subresource ? { subresource: options.subresource } : {}),
    },
    force: patch.force ?? false,
    time: timestamp(registry.clock.now()),
  });
  const { managedFields } = applied;
  const object = decodeObject(resource, applied.object as JsonObject, {
    ...options,
    fieldValidation: 'Ignore',
  });
  if (live === undefined) {
    return {
      object: createObject(
        registry,
        resource,
        { object, namespace: patch.namespace, managedFields },
        options,
      ),
      isNew: true,
    };
  }
  return {
    object: updateObject(
      registry,
      resource,
      { live, next: object, managedFields },
      options,
    ),
    isNew: false,
  };
}

function readConfiguration(
  resource: ApiResource,
  { body, name }: Patch,
): SimObject {
  if (!isJsonObject(body))
    throw badRequest('error decoding YAML: the configuration is not an object');
  if (typeof body.kind !== 'string' || typeof body.apiVersion !== 'string') {
    throw badRequest('invalid object type: /, Kind=');
  }
  if (
    body.kind !== resource.kind ||
    body.apiVersion !== resource.groupVersion
  ) {
    throw badRequest(
      `incorrect version specified in apply patch. Specified patch version: ${body.apiVersion}, expected: ${resource.groupVersion}`,
    );
  }
  const config = cloneJson(body) as SimObject;
  config.metadata = { ...(config.metadata ?? {}) } as SimObject['metadata'];
  config.metadata.name ??= name;
  if (config.metadata.managedFields !== undefined)
    throw badRequest('metadata.managedFields must be nil');
  if (config.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${config.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  return config;
}

/** Status belongs to its subresource only, and all other fields to the resource itself. */
function ownedPart(
  resource: ApiResource,
  config: SimObject,
  { subresource }: WriteOptions,
): SimObject {
  if (!resource.subresources.has('status')) return config;
  const { status, ...rest } = config;
  if (subresource === undefined) return rest as SimObject;
  const { name, namespace } = config.metadata;
  const part = {
    apiVersion: config.apiVersion,
    kind: config.kind,
    metadata: { name, namespace },
    status,
  };
  if (subresource === 'status') return part as SimObject;
  throw new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
  );
}
