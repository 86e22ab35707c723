import type { ApiResource } from '../discovery';
import { badRequest, expired } from '../errors';
import type { SimObject } from '../json';
import { parseFieldSelector, parseLabelSelector } from '../selectors';
import type { Registry } from './Registry';

export interface Selection {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface ListQuery extends Selection {
  limit?: number;
  continueToken?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}

export interface ListPage {
  items: SimObject[];
  resourceVersion: string;
  continueToken?: string;
  remainingItemCount?: number;
}

const TOO_OLD_CONTINUE =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

/** Returns one page of a list. All pages show the state at the first one, as long as the window reaches back. */
export function listObjects(
  registry: Registry,
  resource: ApiResource,
  query: ListQuery,
): ListPage {
  const from =
    query.continueToken === undefined
      ? undefined
      : readToken(query.continueToken);
  const revision = from?.revision ?? revisionOf(registry, query);
  const matches = matcherOf(resource, query);
  const all = objectsAt(
    registry,
    resource,
    query.namespace,
    revision,
    from !== undefined,
  )
    .filter(matches)
    .filter(object => from === undefined || keyOf(object) > from.after);
  const limit = query.limit ?? 0;
  const items = limit > 0 ? all.slice(0, limit) : all;
  const rest = all.length - items.length;
  const page: ListPage = { items, resourceVersion: String(revision) };
  if (rest === 0) return page;
  const continueToken = writeToken({
    revision,
    after: keyOf(items[items.length - 1]),
  });
  const hasSelector =
    Boolean(query.labelSelector) || Boolean(query.fieldSelector);
  return {
    ...page,
    continueToken,
    ...(hasSelector ? {} : { remainingItemCount: rest }),
  };
}

/** Returns a function that tests whether an object belongs to a list or watch. */
export function matcherOf(
  resource: ApiResource,
  { labelSelector, fieldSelector, namespace }: Selection,
): (object: SimObject) => boolean {
  const byLabels = parseLabelSelector(labelSelector ?? '');
  const byFields = parseFieldSelector(fieldSelector ?? '', resource);
  return object =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    byLabels(object.metadata.labels ?? {}) &&
    byFields(object);
}

function revisionOf(
  { store }: Registry,
  { resourceVersion, resourceVersionMatch }: ListQuery,
): number {
  if (resourceVersionMatch === 'Exact') return Number(resourceVersion);
  if (resourceVersion !== undefined && !/^\d*$/.test(resourceVersion)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(
        resourceVersion,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
  return store.revision;
}

function objectsAt(
  { store }: Registry,
  resource: ApiResource,
  namespace: string | undefined,
  revision: number,
  isContinued: boolean,
): SimObject[] {
  const current = store.list(resource.storage, namespace);
  if (revision === store.revision) return current;
  const later = store.window.since(revision);
  if (later === undefined) {
    throw expired(
      isContinued
        ? TOO_OLD_CONTINUE
        : `The resourceVersion for the provided list is too old.`,
    );
  }
  const objects = new Map(current.map(object => [keyOf(object), object]));
  for (const { storage, object, previous } of [...later].reverse()) {
    if (storage !== resource.storage) continue;
    if (namespace !== undefined && object.metadata.namespace !== namespace)
      continue;
    if (previous === undefined) objects.delete(keyOf(object));
    else objects.set(keyOf(object), previous);
  }
  return [...objects.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, object]) => object);
}

function keyOf({ metadata }: SimObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function writeToken(token: { revision: number; after: string }): string {
  return Buffer.from(
    JSON.stringify({
      v: 'meta.k8s.io/v1',
      rv: token.revision,
      start: token.after,
    }),
  ).toString('base64url');
}

function readToken(text: string): { revision: number; after: string } {
  try {
    const { rv, start } = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    ) as { rv: number; start: string };
    if (typeof rv === 'number' && typeof start === 'string')
      return { revision: rv, after: start };
  } catch {
    // refused below, like a token of the wrong shape
  }
  throw badRequest(
    `invalid continue token: continue key is not valid: ${describeToken(text)}`,
  );
}

function describeToken(text: string): string {
  const first = Buffer.from(text, 'base64url').toString('latin1').charCodeAt(0);
  const shown =
    first > 0x20 && first < 0x7f
      ? String.fromCharCode(first)
      : `\\u${first.toString(16).padStart(4, '0')}`;
  return `invalid character '${shown}' looking for beginning of value`;
}
