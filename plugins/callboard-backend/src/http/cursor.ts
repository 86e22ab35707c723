import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';

/** Position of an item in the order of its list: its sort key, most significant part first. */
export type CursorKey = ReadonlyArray<string | number>;

const MOST_CHARACTERS = 2_000; // of a cursor as sent: many times two long names

/**
 * Encodes a position in a list. It contains the key of an item rather than a
 * number, so that no item is left out or repeated when others are added or
 * removed between two pages.
 */
export function encodeCursor(list: string, key: CursorKey): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/**
 * Decodes a cursor of this list.
 *
 * @param like - a key of the list, for the types of its parts
 * @throws ProblemError `request-invalid` for a text that is not a cursor of
 *   this list
 */
export function decodeCursor<K extends CursorKey>(
  text: string,
  { list, like }: { list: string; like: K },
): K {
  const [of, ...key] = parse(text);
  const fits =
    of === list &&
    key.length === like.length &&
    key.every((part, index) => typeof part === typeof like[index]);
  if (!fits) throw new ProblemError(cursorInvalid(list));
  return key as unknown as K;
}

function parse(text: string): unknown[] {
  if (text.length > MOST_CHARACTERS) return [];
  try {
    const value: unknown = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    );
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** The cursor was not created by this portal, or belongs to another list. */
export function cursorInvalid(list: string): Problem {
  return {
    code: 'request-invalid',
    what: `Cannot read the next page of ${list}`,
    why: 'the cursor is none that this list gave',
    next: 'Send the nextCursor of the page before, or none for the first page',
    transient: false,
  };
}
