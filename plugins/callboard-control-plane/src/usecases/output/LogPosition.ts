/** A line as a cluster stores it. */
export interface KeptLine {
  /** RFC 3339 in UTC with nine fractional digits: texts compare as instants do. */
  at: string;
  text: string;
}

const LONGEST_LINE = 4_000; // characters
const STAMPED =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d) ?(.*)$/s;

/** Parses an answer in which each line begins with its instant; a line without one takes the instant before. */
export function readKeptLines(lines: readonly string[]): KeptLine[] {
  let at = '';
  return lines.flatMap(line => {
    const [, second, fraction = '', zone, text] = STAMPED.exec(line) ?? [];
    const instant = new Date(`${second}${zone}`);
    if (second === undefined || Number.isNaN(instant.getTime()))
      return at === '' ? [] : [{ at, text: line.slice(0, LONGEST_LINE) }];
    at = `${instant.toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`;
    return [{ at, text: text.slice(0, LONGEST_LINE) }];
  });
}

/**
 * Position up to which the output of one run of a container was read. A cluster
 * that is asked for lines since an instant answers from the start of its
 * second, so lines that were already read come again.
 */
export class LogPosition {
  #at = '';
  #linesAt = 0;

  /** The instant to ask from; undefined while nothing was read. */
  get since(): string | undefined {
    return this.#at === '' ? undefined : this.#at;
  }

  /**
   * Begins to read an answer, or a stream, from {@link since} on.
   *
   * @returns a function that takes its lines in their order, in one or many
   *   parts, and returns the new ones
   */
  resume(): (lines: readonly KeptLine[]) => KeptLine[] {
    const from = this.#at;
    let known = this.#linesAt;
    return lines =>
      lines.filter(({ at }) => {
        if (at < from) return false;
        if (at === from && known > 0) {
          known -= 1;
          return false;
        }
        this.#note(at);
        return true;
      });
  }

  #note(at: string): void {
    this.#linesAt = at === this.#at ? this.#linesAt + 1 : 1;
    this.#at = at;
  }
}
