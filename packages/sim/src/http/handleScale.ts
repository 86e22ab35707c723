import { methodNotAllowed, unsupportedMediaType } from '../errors';
import {
  cloneJson,
  getPath,
  isJsonObject,
  type JsonObject,
  type SimObject,
} from '../json';
import { applyJsonPatch, applyMergePatch } from '../patch';
import { readObject, updateObject } from '../registry';
import { type Exchange, sendJson } from './Exchange';
import {
  readObjectBody,
  type ResourceTarget,
  writeOptions,
} from './resourceRequest';
import { parseBody, readBody } from './readBody';
import type { ServedCluster } from './ServedCluster';

/** Reads and writes the number of replicas through the `scale` subresource. */
export async function handleScale(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
): Promise<void> {
  const live = readObject(
    registry,
    target.resource,
    target.namespace,
    target.name ?? '',
  );
  if (exchange.request.method === 'GET')
    return sendJson(exchange, 200, scaleOf(live));
  const options = writeOptions(exchange, target);
  const replicas =
    getPath(await readScale(exchange, live), ['spec', 'replicas']) ?? 0;
  const next = cloneJson(live);
  next.spec = { ...(isJsonObject(live.spec) ? live.spec : {}), replicas };
  return sendJson(
    exchange,
    200,
    scaleOf(updateObject(registry, target.resource, { live, next }, options)),
  );
}

async function readScale(
  exchange: Exchange,
  live: SimObject,
): Promise<JsonObject> {
  const { method, headers } = exchange.request;
  if (method === 'PUT') return readObjectBody(exchange, 'Scale');
  if (method !== 'PATCH') throw methodNotAllowed();
  const body = parseBody(await readBody(exchange.request), 'json');
  if (headers['content-type']?.startsWith('application/json-patch'))
    return applyJsonPatch(scaleOf(live), body);
  if (!isJsonObject(body))
    throw unsupportedMediaType([
      'application/merge-patch+json',
      'application/json-patch+json',
    ]);
  return applyMergePatch(scaleOf(live), body);
}

function scaleOf({ metadata, spec, status }: SimObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const labels = getPath(spec, ['selector', 'matchLabels']);
  const selector = isJsonObject(labels)
    ? Object.entries(labels)
        .map(([key, value]) => `${key}=${String(value)}`)
        .sort()
        .join(',')
    : '';
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: getPath(spec, ['replicas']) ?? 0 },
    status: { replicas: getPath(status, ['replicas']) ?? 0, selector },
  };
}
