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
  onLine(line: LogLine): void;
  onClose(): void;
}

const MAX_BYTES = 1024 * 1024;
const MAX_LINE_BYTES = 16 * 1024;

/** What one run of a container wrote: the last MiB, line by line. */
export class ContainerLog {
  #lines: LogLine[] = [];
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

  append(text: string): void {
    if (this.#isClosed) return;
    const line = {
      at: this.#clock.now(),
      text: text.length > MAX_LINE_BYTES ? text.slice(0, MAX_LINE_BYTES) : text,
    };
    this.#lines.push(line);
    this.#bytes += sizeOf(line);
    let dropped = 0;
    while (this.#bytes > MAX_BYTES && dropped < this.#lines.length - 1)
      this.#bytes -= sizeOf(this.#lines[dropped++]);
    if (dropped > 0) this.#lines = this.#lines.slice(dropped);
    this.#followers.forEach(follower => follower.onLine(line));
  }

  /** The container ended: nothing more will come. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    [...this.#followers].forEach(follower => follower.onClose());
    this.#followers.clear();
  }

  read({ tailLines, limitBytes, sinceMs, hasTimestamps }: LogReading): string {
    const since =
      sinceMs === undefined
        ? this.#lines
        : this.#lines.filter(({ at }) => at.getTime() >= sinceMs);
    const tail =
      tailLines === undefined
        ? since
        : since.slice(Math.max(0, since.length - tailLines));
    const text = tail.map(line => this.format(line, hasTimestamps)).join('');
    return limitBytes === undefined
      ? text
      : Buffer.from(text).subarray(0, limitBytes).toString('utf8');
  }

  /** Calls back for every later line; the returned function ends it. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  format({ at, text }: LogLine, hasTimestamps: boolean): string {
    return hasTimestamps
      ? `${at.toISOString().replace('Z', '000000Z')} ${text}\n`
      : `${text}\n`;
  }
}

function sizeOf({ text }: LogLine): number {
  return text.length + 1;
}
