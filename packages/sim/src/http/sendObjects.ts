import type { JsonObject, SimObject } from '../json';
import type { ListPage } from '../registry';
import { tableOf, type TableOptions } from '../tables';
import { type Exchange, sendJson } from './Exchange';
import { toServedForm } from './eventForms';
import { negotiateForm } from './negotiate';
import type { ResourceTarget } from './resourceRequest';

/** Sends one object in the requested form. */
export function sendObject(
  exchange: Exchange,
  target: ResourceTarget,
  code: number,
  object: SimObject,
): void {
  const served = toServedForm(target.resource, object);
  switch (negotiateForm(exchange.request.headers.accept)) {
    case 'table':
      return sendJson(
        exchange,
        code,
        tableOf(
          target.resource,
          [served],
          tableOptions(exchange, target, served.metadata.resourceVersion),
        ),
      );
    case 'metadata':
      return sendJson(exchange, code, metadataOf(served));
    default:
      return sendJson(exchange, code, served as JsonObject);
  }
}

/** Sends a page of a list. */
export function sendList(
  exchange: Exchange,
  target: ResourceTarget,
  page: ListPage,
): void {
  const { resource } = target;
  const items = page.items.map(object => toServedForm(resource, object));
  const metadata: JsonObject = {
    resourceVersion: page.resourceVersion,
    continue: page.continueToken,
    remainingItemCount: page.remainingItemCount,
  };
  switch (negotiateForm(exchange.request.headers.accept)) {
    case 'table':
      return sendJson(exchange, 200, {
        ...tableOf(resource, items, tableOptions(exchange, target)),
        metadata,
      });
    case 'metadata':
      return sendJson(exchange, 200, {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: items.map(metadataOf),
      });
    default:
      return sendJson(exchange, 200, {
        kind: `${resource.kind}List`,
        apiVersion: resource.groupVersion,
        metadata,
        items: items.map(
          ({ kind: _, apiVersion: __, ...rest }) => rest as JsonObject,
        ),
      });
  }
}

export function metadataOf({ metadata }: SimObject): JsonObject {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: metadata as JsonObject,
  };
}

export function tableOptions(
  { clock }: Exchange,
  { query }: ResourceTarget,
  resourceVersion?: string,
): TableOptions {
  const include = query.get('includeObject');
  return {
    include: include === 'None' || include === 'Object' ? include : 'Metadata',
    resourceVersion,
    now: clock.now(),
  };
}
