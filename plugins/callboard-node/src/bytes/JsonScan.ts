/** Limits for parsing a JSON text from outside. */
export interface JsonLimits {
  /** Levels of nesting: a parser accepts more, recursive code that reads the value later does not. */
  depth: number;
  /** Bytes of one value. */
  valueBytes: number;
  /** Commas and colons in one value: parse time grows with them, and hardly with the length of texts. */
  valueParts: number;
  /** Elements of one list. */
  listItems: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;

const TEXT = 1;
const OPENS = 2;
const CLOSES = 3;
const PARTS = 4;
const ROLE = new Uint8Array(256); // 0 for bytes without a role in the structure
for (const [bytes, role] of [
  ['"', TEXT],
  ['[{', OPENS],
  [']}', CLOSES],
  [',:', PARTS],
] as const)
  for (const byte of Buffer.from(bytes)) ROLE[byte] = role;

/** Index after the closing quote; the end of the text where there is none. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = bytes.indexOf(QUOTE, at);
    if (at === -1) return bytes.byteLength;
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}

/** Whether the text is an object, judged by its first byte that is not whitespace. */
export function beginsObject(bytes: Uint8Array): boolean {
  return bytes.find(byte => byte > 0x20) === OPENING_BRACE;
}

/** Start of a list of the outermost object, or end of one of its elements. */
type Cut =
  | { kind: 'list'; at: number }
  | { kind: 'element'; from: number; at: number; isLast: boolean };

/**
 * Scans a text once, piece by piece: checks the limits and notes where the
 * lists of the outermost object can be cut.
 */
export class JsonScan {
  /** True when the text exceeds a limit or cannot be JSON. */
  isTooMuch = false;
  readonly #bytes: Uint8Array;
  readonly #limits: JsonLimits;
  readonly #isObject: boolean;
  #cuts: Cut[] = [];
  #at = 0;
  #depth = 0;
  #parts = 0;
  /** Commas and colons outside of the lists: that part is parsed in one go at the end. */
  #partsAround = 0;
  #valueFrom = 0;
  /** Start of the current list element. */
  #elementFrom: number | undefined;

  constructor(bytes: Uint8Array, limits: JsonLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.#isObject = beginsObject(bytes);
  }

  takeCuts(): Cut[] {
    const cuts = this.#cuts;
    this.#cuts = [];
    return cuts;
  }

  /** Scans to `end`, or to the end of a string that crosses it. */
  runTo(end: number): void {
    const bytes = this.#bytes;
    while (this.#at < end && !this.isTooMuch) {
      const role = ROLE[bytes[this.#at]];
      if (role === TEXT) {
        this.#at = endOfString(bytes, this.#at);
        continue;
      }
      if (role === OPENS) this.#open();
      else if (role === CLOSES) this.#close();
      else if (role === PARTS) this.#part();
      this.#at += 1;
    }
    if (this.#at - this.#valueFrom > this.#limits.valueBytes)
      this.isTooMuch = true;
  }

  #open(): void {
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) this.isTooMuch = true;
    const isList =
      this.#isObject &&
      this.#depth === 2 &&
      this.#bytes[this.#at] === OPENING_BRACKET;
    if (!isList) return;
    this.#cuts.push({ kind: 'list', at: this.#at });
    this.#begin(this.#at + 1);
    this.#elementFrom = this.#at + 1;
  }

  #close(): void {
    if (this.#depth === 2 && this.#elementFrom !== undefined) {
      // A list closed by any other byte is not JSON.
      if (this.#bytes[this.#at] !== CLOSING_BRACKET) this.isTooMuch = true;
      this.#cutElement(true);
      this.#elementFrom = undefined;
    }
    this.#depth -= 1;
  }

  #part(): void {
    this.#parts += 1;
    if (this.#elementFrom === undefined) this.#partsAround += 1;
    if (Math.max(this.#parts, this.#partsAround) > this.#limits.valueParts)
      this.isTooMuch = true;
    if (
      this.#depth === 2 &&
      this.#elementFrom !== undefined &&
      this.#bytes[this.#at] === COMMA
    ) {
      this.#cutElement(false);
      this.#elementFrom = this.#at + 1;
    }
  }

  #cutElement(isLast: boolean): void {
    this.#cuts.push({
      kind: 'element',
      from: this.#elementFrom!,
      at: this.#at,
      isLast,
    });
    this.#begin(this.#at + 1);
  }

  /** The limits of one value apply from here. */
  #begin(at: number): void {
    this.#valueFrom = at;
    this.#parts = 0;
  }
}
