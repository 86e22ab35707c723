const FIRST_MS = 5_000;
const MOST_MS = 20_000;

/**
 * Returns how long to wait for a welcome. A dead link is retried soon; a hub
 * that is slow because all agents connect at once is given more time at each
 * attempt, because each new attempt costs it another handshake.
 *
 * @param attempt - number of consecutive failed attempts
 */
export function patienceFor(attempt: number): number {
  return Math.min(MOST_MS, FIRST_MS * 2 ** attempt);
}
