import type { ItemList } from './ItemList';

/** Largest page of one request; the API allows no more. */
export const MOST_PER_PAGE = 500;

/**
 * Reads a list to its end, page by page.
 *
 * @param readPage - requests the page at a cursor; the first one without
 * @returns the items of all pages, in their order
 * @throws when the API returns the requested cursor again, which would never
 *   end
 */
export async function readAllPages<T>(
  readPage: (cursor: string | undefined) => Promise<ItemList<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await readPage(cursor);
    items.push(...page.items);
    if (page.nextCursor === undefined) return items;
    if (page.nextCursor === cursor)
      throw new Error('The next page has the same cursor');
    cursor = page.nextCursor;
  }
}
