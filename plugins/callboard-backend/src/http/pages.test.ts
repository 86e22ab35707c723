import { ProblemError } from '@callboard/plugin-callboard-common';
import type { Request } from 'express';
import { encodeCursor } from './cursor';
import { type ListOrder, pageOf, readPageRequest } from './pages';

interface Item {
  name: string;
  version: number;
}

const ORDER: ListOrder<Item, [string, number]> = {
  list: 'items',
  keyOf: ({ name, version }) => [name, version],
  directions: ['ascending', 'descending'],
};

function items(...names: string[]): Item[] {
  return names.map(text => ({
    name: text.slice(0, 1),
    version: Number(text.slice(1)),
  }));
}

function request(query: Record<string, string | number>): Request {
  return { query } as unknown as Request;
}

/** The page of a list that a query asks for. */
function page(list: Item[], query: Record<string, string | number>) {
  const asked = readPageRequest<[string, number]>(request(query), {
    list: 'items',
    like: ['', 0],
  });
  const answer = pageOf(list, asked, ORDER);
  return {
    names: answer.items.map(({ name, version }) => `${name}${version}`),
    nextCursor: answer.nextCursor,
  };
}

describe('pages of a list', () => {
  const list = items('b1', 'a1', 'a10', 'a2', 'c7');

  it('are in the order of the list, and the last one has no cursor', () => {
    const first = page(list, { limit: 2 });
    expect(first.names).toEqual(['a10', 'a2']);
    const second = page(list, { limit: 2, cursor: first.nextCursor! });
    expect(second.names).toEqual(['a1', 'b1']);
    const third = page(list, { limit: 2, cursor: second.nextCursor! });
    expect(third).toEqual({ names: ['c7'], nextCursor: undefined });
  });

  it('end without a cursor when the last page is full', () => {
    expect(page(list, { limit: 5 }).nextCursor).toBeUndefined();
  });

  it('have 100 items unless more or fewer are asked for', () => {
    const many = items(...Array.from({ length: 101 }, (_, n) => `a${n}`));
    expect(page(many, {}).names).toHaveLength(100);
    expect(page(many, { limit: 500 }).names).toHaveLength(101);
  });

  it('neither repeat nor leave out an item when the list changes between them', () => {
    const { nextCursor } = page(list, { limit: 2 });
    const changed = items('a99', 'a10', 'b2', 'a1', 'b1', 'c7'); // a2, the last one shown, is gone
    expect(page(changed, { limit: 9, cursor: nextCursor! }).names).toEqual([
      'a1',
      'b2',
      'b1',
      'c7',
    ]);
  });

  it.each([
    ['of another list', encodeCursor('others', ['a', 1])],
    ['with a key of another form', encodeCursor('items', [1, 'a'])],
    ['with too short a key', encodeCursor('items', ['a'])],
    ['that is no JSON', Buffer.from('{').toString('base64url')],
    ['that is nothing at all', '%%%'],
    ['that is longer than any', encodeCursor('items', ['a'.repeat(9_999), 1])],
  ])('refuse a cursor %s', (_, cursor) => {
    expect(() => page(list, { cursor })).toThrow(ProblemError);
  });
});
