const FIRST_MS = 10_000; // the first change is reverted at once; who changes it again gets a pause
const LONGEST_MS = 10 * 60_000;
const FORGOTTEN_MS = 30 * 60_000; // after so long without a change it counts as the first one again

/**
 * How often what somebody else changed may be reverted: at once, and then in
 * pauses that double. Two programs that both insist would else change it back
 * and forth for ever; the pause leaves the difference on the page, where a
 * person sees it.
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

  /** Notes that it is reverted now. */
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
