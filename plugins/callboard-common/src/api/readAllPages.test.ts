import { readAllPages } from './readAllPages';
import type { ItemList } from './ItemList';

/** Pages by the cursor that asks for them; the first one under `''`. */
function pagesOf(pages: Record<string, ItemList<number>>) {
  return async (cursor: string | undefined) => pages[cursor ?? ''];
}

describe('readAllPages', () => {
  it('reads to the end, whatever the size of a page', async () => {
    expect(
      await readAllPages(
        pagesOf({
          '': { items: [1, 2], nextCursor: 'a' },
          a: { items: [], nextCursor: 'b' },
          b: { items: [3] },
        }),
      ),
    ).toEqual([1, 2, 3]);
  });

  it('ends when the API answers with the same cursor for ever', async () => {
    const page = { items: [1], nextCursor: 'a' };
    await expect(readAllPages(pagesOf({ '': page, a: page }))).rejects.toThrow(
      'same cursor',
    );
  });
});
