import type { BuildRecord } from '../../store';

/** Counts how often the build of a revision ended in an error that nobody expected, since this process began. */
export class FailedTries {
  readonly #counts = new Map<string, number>();

  /** Notes one more. Returns how many there are. */
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
