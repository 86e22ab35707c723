import type { DiskEvent } from './readTrace';

export type Change = Extract<DiskEvent, { kind: 'write' | 'truncate' }>;

/** A file's bytes. Written in place, with room to grow: a record is some thousand writes of pages. */
export class FileImage {
  #room = Buffer.alloc(1024 * 1024);
  #length = 0;

  get bytes(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  apply(change: Change): void {
    if (change.kind === 'write') this.write(change.offset, change.bytes);
    else this.#resize(change.length);
  }

  write(offset: number, part: Uint8Array): void {
    this.#resize(Math.max(this.#length, offset + part.length));
    this.#room.set(part, offset);
  }

  /** What a file loses is zero when it grows again. */
  #resize(length: number): void {
    if (length < this.#length) this.#room.fill(0, length, this.#length);
    if (length > this.#room.length) {
      const room = Buffer.alloc(2 * length);
      this.#room.copy(room, 0, 0, this.#length);
      this.#room = room;
    }
    this.#length = length;
  }
}
