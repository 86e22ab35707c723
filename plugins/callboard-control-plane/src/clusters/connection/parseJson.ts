const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]); // [ {
const CLOSING = new Set([0x5d, 0x7d]); // ] }

/**
 * Parses JSON from outside.
 *
 * @returns undefined when it is no JSON or nested deeper than `maxDepth` (a
 * parser survives that, what walks the value afterwards does not)
 */
export function parseJson(bytes: Uint8Array, maxDepth: number): unknown {
  if (!isWithinDepth(bytes, maxDepth)) return undefined;
  try {
    return JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
        'utf8',
      ),
    );
  } catch {
    return undefined;
  }
}

function isWithinDepth(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (OPENING.has(byte)) {
      if (++depth > maxDepth) return false;
    } else if (CLOSING.has(byte)) {
      depth--;
    }
  }
  return true;
}
