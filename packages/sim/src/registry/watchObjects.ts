import { type ApiResource } from '../discovery';
import { badRequest, expired, invalid } from '../errors';
import type { SimObject } from '../json';
import type { StoreEvent } from '../store';
import { matcherOf, type Selection } from './listObjects';
import type { Registry } from './Registry';

export interface WatchQuery extends Selection {
  resourceVersion?: string;
  resourceVersionMatch?: string;
  allowBookmarks?: boolean;
  sendInitialEvents?: boolean;
}

export type WatchMessage =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: SimObject }
  | { type: 'BOOKMARK'; resourceVersion: string; isInitialEventsEnd: boolean };

/**
 * Watches a resource: first what the query's resourceVersion asks for, then
 * every change. Throws 410 when the revision is older than the window.
 *
 * @returns a function that stops the watch
 */
export function watchObjects(
  registry: Registry,
  resource: ApiResource,
  query: WatchQuery,
  emit: (message: WatchMessage) => void,
): () => void {
  checkQuery(resource, query);
  const matches = matcherOf(resource, query);
  const { store } = registry;
  const notify = (event: StoreEvent) => {
    const message =
      event.storage === resource.storage
        ? messageOf(event, matches)
        : undefined;
    if (message !== undefined) emit(message);
  };
  const isFromNow =
    query.resourceVersion === undefined ||
    query.resourceVersion === '' ||
    query.resourceVersion === '0';
  if (isFromNow || query.sendInitialEvents) {
    if (query.sendInitialEvents !== false) {
      store
        .list(resource.storage, query.namespace)
        .filter(matches)
        .forEach(object => emit({ type: 'ADDED', object }));
    }
    if (query.sendInitialEvents)
      emit({
        type: 'BOOKMARK',
        resourceVersion: String(store.revision),
        isInitialEventsEnd: true,
      });
  } else {
    eventsSince(registry, query.resourceVersion ?? '').forEach(notify);
  }
  return store.subscribe(notify);
}

function checkQuery(resource: ApiResource, query: WatchQuery): void {
  const { sendInitialEvents, resourceVersionMatch } = query;
  const fail = (field: string, message: string) => {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      { reason: 'FieldValueForbidden', field, message },
    ]);
  };
  if (
    sendInitialEvents !== undefined &&
    resourceVersionMatch !== 'NotOlderThan'
  ) {
    fail(
      'resourceVersionMatch',
      'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  if (sendInitialEvents === undefined && resourceVersionMatch !== undefined) {
    fail(
      'resourceVersionMatch',
      'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  }
  if (!resource.verbs.includes('watch'))
    throw badRequest(`${resource.resource} cannot be watched`);
}

function eventsSince(
  { store }: Registry,
  resourceVersion: string,
): StoreEvent[] {
  const revision = Number(resourceVersion);
  if (!Number.isInteger(revision)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(
        resourceVersion,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
  const events = store.window.since(revision);
  if (events === undefined)
    throw expired(
      `too old resource version: ${revision} (${store.window.start})`,
    );
  return events;
}

/** An object that leaves the selection is DELETED with its last matching state, one that enters is ADDED. */
function messageOf(
  { type, object, previous }: StoreEvent,
  matches: (object: SimObject) => boolean,
): WatchMessage | undefined {
  const was = previous !== undefined && matches(previous);
  const is = type !== 'DELETED' && matches(object);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was || previous === undefined) return undefined;
  const last =
    type === 'DELETED'
      ? object
      : {
          ...previous,
          metadata: {
            ...previous.metadata,
            resourceVersion: object.metadata.resourceVersion,
          },
        };
  return { type: 'DELETED', object: last };
}
