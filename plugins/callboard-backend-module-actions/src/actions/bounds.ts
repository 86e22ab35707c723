/** Items of one answer: what reads it has little room. */
export const MOST_ITEMS = 50;
const MOST_TEXT = 500;

/** The first items, and how many there are beyond them. */
export function firstOf<T>(items: readonly T[]): { items: T[]; left: number } {
  return {
    items: items.slice(0, MOST_ITEMS),
    left: Math.max(0, items.length - MOST_ITEMS),
  };
}

/** A text of at most 500 characters. */
export function cut(text: string): string {
  const characters = [...text];
  return characters.length <= MOST_TEXT
    ? text
    : `${characters.slice(0, MOST_TEXT - 1).join('')}…`;
}
