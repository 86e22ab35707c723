import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock';

/** The current behaviour of a stream. */
export interface StreamConditions {
  /** Nothing is written, without an error. */
  isSilent(): boolean;
  /** Whether the next line is lost. */
  losesLine(): boolean;
}

const MAX_BUFFERED_BYTES = 16 * 1024 * 1024; // a client that does not read is disconnected

/** A long response: a watch or a followed log. Ends with the client, after its timeout, or when the cluster cuts it. */
export class WatchStream {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  readonly #conditions: StreamConditions;
  readonly #cleanups: Array<() => void> = [];
  #isClosed = false;

  constructor(
    response: ServerResponse,
    clock: Clock,
    conditions: StreamConditions,
  ) {
    this.#response = response;
    this.#clock = clock;
    this.#conditions = conditions;
    response.on('close', () => this.release());
  }

  write(text: string): void {
    if (
      this.#isClosed ||
      this.#conditions.isSilent() ||
      this.#conditions.losesLine()
    )
      return;
    this.#response.write(text);
    if (this.#response.writableLength > MAX_BUFFERED_BYTES) this.cut();
  }

  onClose(cleanup: () => void): void {
    if (this.#isClosed) cleanup();
    else this.#cleanups.push(cleanup);
  }

  endAfter(ms: number): void {
    this.onClose(this.#clock.schedule(ms, () => this.end()));
  }

  every(ms: number, callback: () => void): void {
    let cancel = () => {};
    const again = () => {
      callback();
      cancel = this.#clock.schedule(ms, again);
    };
    cancel = this.#clock.schedule(ms, again);
    this.onClose(() => cancel());
  }

  end(): void {
    if (!this.#isClosed && !this.#conditions.isSilent()) this.#response.end();
    this.release();
  }

  /** Breaks the connection. */
  cut(): void {
    this.#response.destroy();
    this.release();
  }

  release(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cleanups.splice(0).forEach(cleanup => cleanup());
  }
}
