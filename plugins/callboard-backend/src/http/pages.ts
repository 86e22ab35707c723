import type { ItemList } from '@callboard/plugin-callboard-common';
import type { Request } from 'express';
import { type CursorKey, decodeCursor, encodeCursor } from './cursor';

const DEFAULT_LIMIT = 100; // as in the OpenAPI document

/** A list of the API and its order. */
export interface ListOrder<T, K extends CursorKey> {
  /** Name of the list, contained in its cursors: a cursor of another list is refused. */
  list: string;
  /** Sort key; no two items have the same key. */
  keyOf(item: T): K;
  /** One per part of the key. */
  directions: readonly ('ascending' | 'descending')[];
}

/** The requested page of a list. */
export interface PageRequest<K extends CursorKey> {
  limit: number;
  /** Key of the last item of the previous page. */
  after?: K;
}

/**
 * Reads the page from `?limit=` and `?cursor=`. Both were validated against the
 * OpenAPI document.
 *
 * @param like - a key of the list, for the types of its parts
 */
export function readPageRequest<K extends CursorKey>(
  req: Request,
  of: { list: string; like: K },
): PageRequest<K> {
  const { limit, cursor } = req.query;
  return {
    limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
    ...(typeof cursor === 'string' && { after: decodeCursor(cursor, of) }),
  };
}

/** Returns the items of a page, in the list's order, and the cursor of the next one. */
export function pageOf<T, K extends CursorKey>(
  items: readonly T[],
  { limit, after }: PageRequest<K>,
  { list, keyOf, directions }: ListOrder<T, K>,
): ItemList<T> {
  const left = items
    .map(item => ({ item, key: keyOf(item) }))
    .filter(({ key }) => !after || compareKeys(key, after, directions) > 0)
    .sort((a, b) => compareKeys(a.key, b.key, directions));
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(last &&
      left.length > page.length && {
        nextCursor: encodeCursor(list, last.key),
      }),
  };
}

/** Text is compared by code unit: the order must not depend on a language. */
function compareKeys(
  a: CursorKey,
  b: CursorKey,
  directions: ListOrder<never, CursorKey>['directions'],
): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  if (index < 0) return 0;
  const order = a[index] < b[index] ? -1 : 1;
  return directions[index] === 'ascending' ? order : -order;
}
