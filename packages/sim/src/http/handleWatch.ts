import { StatusError } from '../errors';
import type { JsonObject } from '../json';
import { watchObjects, type WatchMessage, type WatchQuery } from '../registry';
import { tableOf } from '../tables';
import type { Exchange } from './Exchange';
import { toServedForm } from './eventForms';
import { type ResourceTarget, selectionOf } from './resourceRequest';
import { negotiateForm } from './negotiate';
import { metadataOf, tableOptions } from './sendObjects';
import type { ServedCluster } from './ServedCluster';

const DEFAULT_TIMEOUT_SECONDS = 1_800; // a real server picks between 30 and 60 minutes
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** Streams changes as one JSON object per line until the client, the time limit or the cluster ends it. */
export function handleWatch(
  exchange: Exchange,
  cluster: ServedCluster,
  target: ResourceTarget,
): void {
  const { response } = exchange;
  const query = watchQueryOf(target);
  const line = lineMaker(exchange, target);
  const stream = cluster.openStream(response);
  const start = () => {
    if (!response.headersSent) {
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-cache, private',
      });
      response.flushHeaders();
    }
  };
  const emit = (message: WatchMessage) => {
    start();
    stream.write(`${JSON.stringify(line(message))}\n`);
  };
  try {
    stream.onClose(
      watchObjects(cluster.registry, target.resource, query, emit),
    );
  } catch (error) {
    if (!(error instanceof StatusError) || error.status.code !== 410) {
      stream.release();
      throw error;
    }
    start();
    response.end(
      `${JSON.stringify({ type: 'ERROR', object: error.status })}\n`,
    );
    return;
  }
  start();
  stream.endAfter(
    Number(target.query.get('timeoutSeconds') ?? DEFAULT_TIMEOUT_SECONDS) *
      1000,
  );
  if (query.allowBookmarks) {
    stream.every(cluster.bookmarkEveryMs, () =>
      emit({
        type: 'BOOKMARK',
        resourceVersion: String(cluster.registry.store.revision),
        isInitialEventsEnd: false,
      }),
    );
  }
}

function watchQueryOf(target: ResourceTarget): WatchQuery {
  const { query } = target;
  const initial = query.get('sendInitialEvents');
  return {
    ...selectionOf(target),
    resourceVersion: query.get('resourceVersion') ?? undefined,
    resourceVersionMatch: query.get('resourceVersionMatch') ?? undefined,
    allowBookmarks: query.get('allowWatchBookmarks') === 'true',
    sendInitialEvents: initial === null ? undefined : initial === 'true',
  };
}

function lineMaker(
  exchange: Exchange,
  target: ResourceTarget,
): (message: WatchMessage) => JsonObject {
  const form = negotiateForm(exchange.request.headers.accept);
  const { resource } = target;
  let isFirst = true;
  return message => {
    if (message.type === 'BOOKMARK')
      return { type: 'BOOKMARK', object: bookmark(target, message) };
    const object = toServedForm(resource, message.object);
    if (form === 'metadata')
      return { type: message.type, object: metadataOf(object) };
    if (form === 'object')
      return { type: message.type, object: object as JsonObject };
    const table = tableOf(
      resource,
      [object],
      tableOptions(exchange, target, object.metadata.resourceVersion),
    );
    if (!isFirst) table.columnDefinitions = null;
    isFirst = false;
    return { type: message.type, object: table };
  };
}

function bookmark(
  { resource }: ResourceTarget,
  {
    resourceVersion,
    isInitialEventsEnd,
  }: Extract<WatchMessage, { type: 'BOOKMARK' }>,
): JsonObject {
  const annotations = isInitialEventsEnd
    ? { annotations: { [INITIAL_EVENTS_END]: 'true' } }
    : {};
  return {
    kind: resource.kind,
    apiVersion: resource.groupVersion,
    metadata: { resourceVersion, ...annotations },
  };
}
