import { plainLine } from '@callboard/plugin-callboard-common';
import type { BuildLogLines } from '../../store';
import type { Timers } from '../../Timers';

const MOST = { head: 200, tail: 800, characters: 300 };
const SAVE_MS = 2_000;

/**
 * Keeps the first and the last lines of a build, and saves them while it runs:
 * a reader may be in another process, and this one may be killed.
 */
export class BuildLog {
  readonly #save: (lines: BuildLogLines) => Promise<void>;
  readonly #timers: Timers;
  readonly #head: string[] = [];
  readonly #tail: string[] = [];
  #leftOut = 0;
  #cancel: (() => void) | undefined;
  #saving: Promise<void> = Promise.resolve();

  /** @param options.save - never throws */
  constructor(options: {
    save(lines: BuildLogLines): Promise<void>;
    timers: Timers;
  }) {
    this.#save = options.save;
    this.#timers = options.timers;
  }

  add(text: string): void {
    const line = plainLine(text).slice(0, MOST.characters);
    if (this.#head.length < MOST.head) this.#head.push(line);
    else this.#tail.push(line);
    if (this.#tail.length > MOST.tail) {
      this.#tail.shift();
      this.#leftOut += 1;
    }
    this.#cancel ??= this.#timers.after(SAVE_MS, () => this.#saveNow());
  }

  /** Saves the lines that were not saved yet. */
  async end(): Promise<void> {
    if (this.#cancel) {
      this.#cancel();
      this.#saveNow();
    }
    await this.#saving;
  }

  #saveNow(): void {
    this.#cancel = undefined;
    const lines = {
      head: [...this.#head],
      tail: [...this.#tail],
      leftOut: this.#leftOut,
    };
    this.#saving = this.#saving.then(() => this.#save(lines));
  }
}
