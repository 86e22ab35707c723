const FIRST_MS = 10_000; // the first change is reverted at once; a repeated one after a pause
const LONGEST_MS = 10 * 60_000;
const FORGOTTEN_MS = 30 * 60_000; // after so long without a change the next one counts as the first

/**
 * Limits how often other clients' changes are reverted: at once, and then after
 * pauses that double. Two controllers with different desired states would
 * otherwise change it back and forth for ever; during the pause the page shows
 * the difference, where a person sees it.
 */
export class DriftCorrectionBackoff {
  readonly #restored = new Map<string, { times: number; last: Date }>();

  /** Milliseconds until it may be reverted; 0 when it may now. */
  waitMs(deployment: string, now: Date): number {
    const restored = this.#restored.get(deployment);
    if (!restored) return 0;
    const sinceMs = now.getTime() - restored.last.getTime();
    if (sinceMs >= FORGOTTEN_MS) return 0;
    const pauseMs = Math.min(
      LONGEST_MS,
      FIRST_MS * 2 ** Math.min(restored.times - 1, 20),
    );
    return Math.max(0, pauseMs - sinceMs);
  }

  /** Records that it is reverted now. */
  note(deployment: string, now: Date): void {
    const before = this.#restored.get(deployment);
    const isForgotten =
      !before || now.getTime() - before.last.getTime() >= FORGOTTEN_MS;
    this.#restored.set(deployment, {
      times: isForgotten ? 1 : before.times + 1,
      last: now,
    });
  }
}
