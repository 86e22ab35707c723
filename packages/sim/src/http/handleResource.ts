import {
  badRequest,
  invalid,
  methodNotAllowed,
  pathNotFound,
  StatusError,
} from '../errors';
import type { JsonObject } from '../json';
import {
  createObject,
  decodeObject,
  deleteObject,
  type Deletion,
  listObjects,
  patchObject,
  type PatchType,
  readObject,
  strategyOf,
  updateObject,
} from '../registry';
import { forbiddenField, required } from '../validation';
import type { ServedCluster } from './ServedCluster';
import { type Exchange, sendJson } from './Exchange';
import { toStoredForm } from './eventForms';
import { handleBinding } from './handleBinding';
import { handleLog } from './handleLog';
import { handleScale } from './handleScale';
import { handleWatch } from './handleWatch';
import { parseBody, readBody } from './readBody';
import {
  readDeleteOptions,
  readObjectBody,
  type ResourceTarget,
  selectionOf,
  writeOptions,
} from './resourceRequest';
import { sendList, sendObject } from './sendObjects';

/** Handles a request for objects. */
export async function handleResource(
  exchange: Exchange,
  cluster: ServedCluster,
  target: ResourceTarget,
): Promise<void> {
  const { resource, name, subresource } = target;
  if (subresource !== undefined && !resource.subresources.has(subresource))
    throw pathNotFound();
  strategyOf(resource).requestWarnings?.forEach(warning =>
    exchange.warnings.push(warning),
  );
  switch (subresource) {
    case 'log':
      return handleLog(exchange, cluster, target);
    case 'scale':
      return handleScale(exchange, cluster, target);
    case 'binding':
    case 'eviction':
      return handleBinding(exchange, cluster, target);
    default:
      return name === undefined
        ? handleCollection(exchange, cluster, target)
        : handleOne(exchange, cluster, target, name);
  }
}

async function handleCollection(
  exchange: Exchange,
  cluster: ServedCluster,
  target: ResourceTarget,
): Promise<void> {
  switch (exchange.request.method) {
    case 'GET':
    case 'HEAD': {
      if (isWatch(target)) return handleWatch(exchange, cluster, target);
      return list(exchange, cluster, target);
    }
    case 'POST':
      return create(exchange, cluster, target);
    case 'DELETE':
      return removeMany(exchange, cluster, target);
    default:
      throw methodNotAllowed();
  }
}

async function handleOne(
  exchange: Exchange,
  cluster: ServedCluster,
  target: ResourceTarget,
  name: string,
): Promise<void> {
  switch (exchange.request.method) {
    case 'GET':
    case 'HEAD':
      if (isWatch(target)) return handleWatch(exchange, cluster, target);
      return sendObject(
        exchange,
        target,
        200,
        readObject(cluster.registry, target.resource, target.namespace, name),
      );
    case 'PUT':
      return replace(exchange, cluster, target, name);
    case 'PATCH':
      return patch(exchange, cluster, target, name);
    case 'DELETE':
      return remove(exchange, cluster, target, name);
    default:
      throw methodNotAllowed();
  }
}

function isWatch({ query }: ResourceTarget): boolean {
  return ['true', '1'].includes(query.get('watch') ?? '');
}

function list(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
): void {
  const { query } = target;
  const limit = query.get('limit');
  const page = listObjects(registry, target.resource, {
    ...selectionOf(target),
    limit: readLimit(limit),
    continueToken: query.get('continue') || undefined,
    resourceVersion: query.get('resourceVersion') ?? undefined,
    resourceVersionMatch: query.get('resourceVersionMatch') ?? undefined,
  });
  return sendList(exchange, target, page);
}

function readLimit(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw badRequest(
    `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

async function create(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
): Promise<void> {
  const { resource, namespace } = target;
  if (resource.isNamespaced && namespace === undefined)
    throw methodNotAllowed();
  const options = writeOptions(exchange, target);
  const body = await readObjectBody(exchange, resource.kind);
  const object = toStoredForm(resource, decodeObject(resource, body, options));
  const created = createObject(
    registry,
    resource,
    { object, namespace },
    options,
  );
  return sendObject(exchange, target, 201, created);
}

async function replace(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
  name: string,
): Promise<void> {
  const { resource, namespace } = target;
  const options = writeOptions(exchange, target);
  const body = await readObjectBody(exchange, resource.kind);
  const next = toStoredForm(resource, decodeObject(resource, body, options));
  if (!next.metadata.name) throw badRequest('name is required');
  if (next.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${next.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  const live = readObject(registry, resource, namespace, name);
  return sendObject(
    exchange,
    target,
    200,
    updateObject(registry, resource, { live, next }, options),
  );
}

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

async function patch(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
  name: string,
): Promise<void> {
  const contentType = (exchange.request.headers['content-type'] ?? '')
    .split(';')[0]
    .trim();
  const type = PATCH_TYPES[contentType];
  if (type === undefined)
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      '415: Unsupported Media Type',
      {},
    );
  const { query } = target;
  checkPatchOptions(type, query);
  const body = parseBody(
    await readBody(exchange.request),
    type === 'apply' ? 'yaml' : 'json',
  );
  const { object, isNew } = patchObject(
    registry,
    target.resource,
    {
      type,
      namespace: target.namespace,
      name,
      body,
      force: query.get('force') === 'true',
    },
    writeOptions(exchange, target),
  );
  return sendObject(exchange, target, isNew ? 201 : 200, object);
}

function checkPatchOptions(type: PatchType, query: URLSearchParams): void {
  const options = { group: 'meta.k8s.io', kind: 'PatchOptions' };
  if (type === 'apply' && !query.get('fieldManager')) {
    throw invalid(options, '', [
      required('fieldManager', 'is required for apply patch'),
    ]);
  }
  if (type !== 'apply' && query.get('force') !== null) {
    throw invalid(options, '', [
      forbiddenField('force', 'may not be specified for non-apply patch'),
    ]);
  }
}

async function remove(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
  name: string,
): Promise<void> {
  const { resource, namespace } = target;
  const deletion = deleteObject(
    registry,
    resource,
    { namespace, name },
    await readDeleteOptions(exchange, target),
  );
  if (deletion.isGone && !strategyOf(resource).answersDeletionWithObject)
    return sendJson(exchange, 200, describeDeletion(target, deletion));
  return sendObject(exchange, target, 200, deletion.object);
}

async function removeMany(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
): Promise<void> {
  const { resource } = target;
  const options = await readDeleteOptions(exchange, target);
  const page = listObjects(registry, resource, selectionOf(target));
  for (const { metadata } of page.items) {
    deleteObject(
      registry,
      resource,
      { namespace: metadata.namespace, name: metadata.name },
      options,
    );
  }
  return sendList(exchange, target, {
    ...page,
    resourceVersion: String(registry.store.revision),
  });
}

function describeDeletion(
  { resource }: ResourceTarget,
  { object }: Deletion,
): JsonObject {
  const { name, uid } = object.metadata;
  const details = {
    name,
    group: resource.group === '' ? undefined : resource.group,
    kind: resource.resource,
    uid,
  };
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details,
  };
}
