const FIRST_MS = 5_000;
const MOST_MS = 20_000;

/**
 * How long to wait for a welcome. A link that swallows everything is tried again
 * soon; a hub that is slow because all agents come at once is given more time at
 * each attempt, for an agent that gives up and dials again costs it another handshake.
 *
 * @param attempt - failed ones before, in a row
 */
export function patienceFor(attempt: number): number {
  return Math.min(MOST_MS, FIRST_MS * 2 ** attempt);
}
