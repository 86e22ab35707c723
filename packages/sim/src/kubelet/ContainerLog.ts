import type { Clock } from '../clock';

export interface LogLine {
  at: Date;
  text: string;
}

export interface LogReading {
  tailLines?: number;
  limitBytes?: number;
  sinceMs?: number;
  hasTimestamps: boolean;
}

interface Follower {
  onLines(lines: readonly LogLine[]): void;
  onClose(): void;
}

const MAX_BYTES = 1024 * 1024;
const MAX_LINE_BYTES = 16 * 1024;
const LINE_OVERHEAD_BYTES = 100; // memory of a line beside its text

/**
 * The output of one run of a container: the last MiB, line by line; empty lines
 * count with their overhead. Lines are dropped in amortized constant time.
 */
export class ContainerLog {
  #lines: LogLine[] = [];
  /** Lines before this index are dropped; they leave the array when they are half of it. */
  #first = 0;
  #bytes = 0;
  #isClosed = false;
  readonly #followers = new Set<Follower>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  append(texts: readonly string[]): void {
    if (this.#isClosed || texts.length === 0) return;
    const at = this.#clock.now();
    const lines = texts.map(text => ({
      at,
      text: text.length > MAX_LINE_BYTES ? text.slice(0, MAX_LINE_BYTES) : text,
    }));
    for (const line of lines) {
      this.#lines.push(line);
      this.#bytes += sizeOf(line);
    }
    this.#dropOldest();
    this.#followers.forEach(follower => follower.onLines(lines));
  }

  /** Ends the log with its container. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    [...this.#followers].forEach(follower => follower.onClose());
    this.#followers.clear();
  }

  read({ tailLines, limitBytes, sinceMs, hasTimestamps }: LogReading): string {
    const since =
      sinceMs === undefined
        ? this.#lines.slice(this.#first)
        : this.#lines
            .slice(this.#first)
            .filter(({ at }) => at.getTime() >= sinceMs);
    const tail =
      tailLines === undefined
        ? since
        : since.slice(Math.max(0, since.length - tailLines));
    const text = tail.map(line => this.format(line, hasTimestamps)).join('');
    return limitBytes === undefined
      ? text
      : Buffer.from(text).subarray(0, limitBytes).toString('utf8');
  }

  /** Calls back with later lines; the returned function stops it. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  #dropOldest(): void {
    while (this.#bytes > MAX_BYTES && this.#first < this.#lines.length - 1)
      this.#bytes -= sizeOf(this.#lines[this.#first++]);
    if (this.#first <= this.#lines.length / 2) return;
    this.#lines = this.#lines.slice(this.#first);
    this.#first = 0;
  }

  format({ at, text }: LogLine, hasTimestamps: boolean): string {
    return hasTimestamps
      ? `${at.toISOString().replace('Z', '000000Z')} ${text}\n`
      : `${text}\n`;
  }
}

function sizeOf({ text }: LogLine): number {
  return text.length + LINE_OVERHEAD_BYTES;
}
