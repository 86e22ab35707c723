import {
  closeSync,
  fstatSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/**
 * A log file that never fails its writers. At its maximum size it is renamed to
 * `<file>.1`, which replaces the previous one, and a new one is started. Lines
 * that the disk refuses are dropped, and counted in a line of their own as soon
 * as the disk accepts lines again.
 */
export class LogFile {
  readonly path: string;
  maxBytes = DEFAULT_MAX_BYTES;
  #fd: number;
  #bytes: number;
  #lost = 0;

  constructor(path: string) {
    this.path = path;
    this.#fd = openSync(path, 'a', 0o600);
    this.#bytes = fstatSync(this.#fd).size;
  }

  write(text: string | Uint8Array): void {
    try {
      if (this.#bytes > this.maxBytes) this.#rotate();
      if (this.#lost > 0) this.#append(describeLost(this.#lost));
      this.#lost = 0;
      this.#append(text);
    } catch {
      this.#lost += 1; // usually a full disk: there is no place to report it
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #append(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    let written = 0;
    while (written < bytes.length)
      written += writeSync(this.#fd, bytes, written);
    this.#bytes += written;
  }

  #rotate(): void {
    // Another writer of this file (a portal that is ending) may have renamed it already.
    const there = statSync(this.path, { throwIfNoEntry: false });
    if (there?.ino === fstatSync(this.#fd).ino)
      renameSync(this.path, `${this.path}.1`);
    const next = openSync(this.path, 'a', 0o600);
    closeSync(this.#fd);
    this.#fd = next;
    this.#bytes = fstatSync(next).size;
  }
}

function describeLost(lines: number): string {
  return `${JSON.stringify({
    level: 'warn',
    message: `${lines} lines of this log could not be written`,
    service: 'log',
  })}\n`;
}
