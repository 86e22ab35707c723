import type { BuildRecord } from '../../store';

/** Counts how often the build of a revision ended in an unexpected error since this process started. */
export class FailedTries {
  readonly #counts = new Map<string, number>();

  /** Counts one more failure and returns the count. */
  note(build: BuildRecord): number {
    const key = keyOf(build);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }

  forget(build: BuildRecord): void {
    this.#counts.delete(keyOf(build));
  }
}

function keyOf({ app, position }: BuildRecord): string {
  return `${app}/${position}`;
}
