import { Transform, type TransformCallback } from 'node:stream';
import { Gzip } from 'fflate';

const GZIP_LEVEL = 6;

/** Passes chunks through and calls a function with each. */
export class Tap extends Transform {
  readonly #see: (chunk: Buffer) => void;

  constructor(see: (chunk: Buffer) => void) {
    super();
    this.#see = see;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    this.#see(chunk);
    done(null, chunk);
  }
}

/** Compresses to the same bytes on every machine. */
export class GzipStream extends Transform {
  readonly #gzip = new Gzip({ level: GZIP_LEVEL, mtime: 0 });

  constructor() {
    super();
    this.#gzip.ondata = chunk => this.push(Buffer.from(chunk));
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    this.#gzip.push(new Uint8Array(chunk));
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#gzip.push(new Uint8Array(0), true);
    done();
  }
}
