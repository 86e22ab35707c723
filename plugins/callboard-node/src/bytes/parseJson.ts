import { setImmediate } from 'node:timers/promises';
import { JsonScan, type JsonLimits, beginsObject } from './JsonScan';

const SMALL_BYTES = 128 * 1024; // smaller texts are parsed at once: a millisecond or two

/**
 * Parses JSON from outside at once.
 *
 * @returns undefined when it is not JSON or exceeds a limit
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): unknown {
  if (bytes.byteLength > limits.valueBytes) return undefined;
  const scan = new JsonScan(bytes, limits);
  scan.runTo(bytes.byteLength);
  return scan.isTooMuch ? undefined : parseAt(bytes, 0, bytes.byteLength);
}

/**
 * Parses an object from outside that may hold a long list, as responses of API
 * servers do. The elements of its lists are parsed one by one, with yields to
 * the event loop in between.
 *
 * @returns undefined when it is not JSON, is long and not an object, or exceeds
 *   a limit
 */
export async function parseJsonInTurns(
  bytes: Uint8Array,
  limits: JsonLimits,
): Promise<unknown> {
  if (bytes.byteLength <= SMALL_BYTES) return parseJson(bytes, limits);
  if (!beginsObject(bytes)) return undefined;
  const scan = new JsonScan(bytes, limits);
  const lists: unknown[][] = [];
  const rest: Uint8Array[] = []; // the text with `[n]` in place of list number n
  let from = 0;
  for (let end = 0; end < bytes.byteLength; ) {
    end = Math.min(end + SMALL_BYTES, bytes.byteLength);
    scan.runTo(end);
    if (scan.isTooMuch) return undefined;
    for (const cut of scan.takeCuts()) {
      if (cut.kind === 'list') {
        rest.push(bytes.subarray(from, cut.at + 1));
        lists.push([]);
      } else {
        const list = lists[lists.length - 1];
        const isEmpty = cut.isLast && list.length === 0;
        if (!isEmpty || !isBlank(bytes, cut.from, cut.at)) {
          const value = parseAt(bytes, cut.from, cut.at);
          if (value === undefined || list.length >= limits.listItems)
            return undefined;
          list.push(value);
        }
        if (cut.isLast) {
          rest.push(Buffer.from(`${lists.length - 1}`));
          from = cut.at;
        }
      }
    }
    await setImmediate();
  }
  rest.push(bytes.subarray(from));
  const size = rest.reduce((sum, part) => sum + part.byteLength, 0);
  if (size > limits.valueBytes) return undefined;
  return putBack(parseAt(Buffer.concat(rest), 0, size), lists);
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] > 0x20) return false;
  return true;
}

function parseAt(bytes: Uint8Array, from: number, to: number): unknown {
  try {
    return JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString(
        'utf8',
      ),
    );
  } catch {
    return undefined;
  }
}

/** Replaces each `[n]` of the outermost object with list number n. */
function putBack(value: unknown, lists: readonly unknown[][]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      Array.isArray(each) ? lists[each[0] as number] : each,
    ]),
  );
}
