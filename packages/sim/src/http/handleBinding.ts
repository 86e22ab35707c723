import { methodNotAllowed } from '../errors';
import { cloneJson, getPath, type JsonObject } from '../json';
import { deleteObject, readObject, updateObject } from '../registry';
import { type Exchange, sendJson } from './Exchange';
import {
  readObjectBody,
  type ResourceTarget,
  writeOptions,
} from './resourceRequest';
import type { ServedCluster } from './ServedCluster';

/** `binding` assigns a pod to a node, `eviction` deletes it. */
export async function handleBinding(
  exchange: Exchange,
  { registry }: ServedCluster,
  target: ResourceTarget,
): Promise<void> {
  if (exchange.request.method !== 'POST') throw methodNotAllowed();
  const { resource, namespace, name = '', subresource } = target;
  const body = await readObjectBody(exchange, 'Binding');
  const live = readObject(registry, resource, namespace, name);
  if (subresource === 'eviction') {
    deleteObject(registry, resource, { namespace, name }, {});
  } else {
    const next = cloneJson(live);
    (next as JsonObject).spec = {
      ...(live.spec as JsonObject),
      nodeName: getPath(body, ['target', 'name']),
    };
    updateObject(
      registry,
      resource,
      { live, next, managedFields: live.metadata.managedFields },
      { ...writeOptions(exchange, target), subresource: undefined },
    );
  }
  return sendJson(exchange, 201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
}
