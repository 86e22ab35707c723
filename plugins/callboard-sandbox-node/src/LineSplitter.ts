import { StringDecoder } from 'node:string_decoder';

const LINE_MAX_CHARS = 4_000;
const LINE_MAX_BYTES = LINE_MAX_CHARS * 4; // a character has at most four bytes
const NEWLINE = 10;

/** Splits output into lines. Keeps only the first characters of a long line, also in memory. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #bytes = 0;
  #isCut = false;

  /**
   * @returns at most `allowance` complete lines of a chunk, and the number of
   *   further ones
   */
  split(
    chunk: Buffer,
    allowance: number,
  ): { lines: string[]; leftOut: number } {
    const lines: string[] = [];
    let leftOut = 0;
    let from = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end >= 0;
      end = chunk.indexOf(NEWLINE, from)
    ) {
      if (lines.length >= allowance) {
        leftOut = countNewlines(chunk, from);
        from = chunk.lastIndexOf(NEWLINE) + 1;
        this.#clear();
        break;
      }
      this.#add(chunk.subarray(from, end));
      lines.push(this.#take());
      from = end + 1;
    }
    this.#add(chunk.subarray(from));
    return { lines, leftOut };
  }

  /** Returns the last line if it has no line break. */
  end(): string | undefined {
    return this.#bytes > 0 || this.#isCut ? this.#take() : undefined;
  }

  #add(part: Buffer): void {
    const room = LINE_MAX_BYTES - this.#bytes;
    if (part.length > room) this.#isCut = true;
    const kept = part.subarray(0, room);
    if (kept.length === 0) return;
    this.#parts.push(Buffer.from(kept)); // a copy, so that the rest of the chunk can be freed
    this.#bytes += kept.length;
  }

  #take(): string {
    const bytes = Buffer.concat(this.#parts);
    // A decoder leaves out a character that was cut in two.
    const text = this.#isCut
      ? new StringDecoder('utf8').write(bytes)
      : bytes.toString('utf8');
    const isCut = this.#isCut || text.length > LINE_MAX_CHARS;
    this.#clear();
    return isCut
      ? `${text.slice(0, LINE_MAX_CHARS)}…`
      : text.replace(/\r$/, '');
  }

  #clear(): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#isCut = false;
  }
}

function countNewlines(chunk: Buffer, from: number): number {
  let count = 0;
  for (let at = from; at < chunk.length; at += 1)
    if (chunk[at] === NEWLINE) count += 1;
  return count;
}
