import { setImmediate } from 'node:timers/promises';

const PIECE_CHARS = 64 * 1024;

/**
 * Writes an object as `JSON.stringify` does, in chunks: the elements of its
 * lists (anything iterable) one by one, with yields to the event loop in
 * between.
 */
export async function* writeJson(value: object): AsyncGenerator<Buffer> {
  let text = '';
  let before = '{';
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    text += `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (!isList(field)) {
      text += JSON.stringify(field);
      continue;
    }
    let between = '[';
    for (const element of field) {
      text += between + (JSON.stringify(element) ?? 'null');
      between = ',';
      if (text.length < PIECE_CHARS) continue;
      yield Buffer.from(text);
      text = '';
      await setImmediate();
    }
    text += between === '[' ? '[]' : ']';
  }
  yield Buffer.from(text + (before === '{' ? '{}' : '}'));
}

function isList(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' && value !== null && Symbol.iterator in value
  );
}
