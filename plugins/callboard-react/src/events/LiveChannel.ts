import { SIGNAL_BEAT_MS } from '@callboard/plugin-callboard-common';

const SILENT_MS = 2.5 * SIGNAL_BEAT_MS; // one beat may be late, two mean a lost connection

/**
 * Whether the portal's signals reach this page. Backstage's signals client does
 * not report whether its socket is open, and an open socket may be dead: the
 * channel counts as open while signals arrive.
 */
export class LiveChannel {
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOpen = false;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Records a received signal. Returns whether the channel was closed before: then changes may have been missed. */
  hear(): boolean {
    const wasOpen = this.#isOpen;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), SILENT_MS);
    this.#set(true);
    return !wasOpen;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#set(false);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return;
    this.#isOpen = isOpen;
    for (const listener of [...this.#listeners]) listener();
  }
}
