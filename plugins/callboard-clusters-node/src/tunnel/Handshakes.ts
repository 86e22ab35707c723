const HANDSHAKE_MS = 10_000;
const MAX_HANDSHAKES = 500;

/** One connection until it is known whose it is. */
export class Handshake {
  isGreeted = false;
  /** Whether it was said whose it is, or why it is refused. */
  isJudged = false;
  cluster: string | undefined;
  readonly address: string;
  readonly #onSettled: () => void;
  #isSettled = false;

  constructor(address: string, onSettled: () => void) {
    this.address = address;
    this.#onSettled = onSettled;
  }

  settle(cluster?: string): void {
    this.cluster ??= cluster;
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#onSettled();
  }
}

/**
 * Connections that have not said yet whose they are.
 *
 * Each has a deadline, and there is a limit to their number. At the limit a new
 * one takes the place of the oldest of the address that has the most: an agent
 * says hello within a round trip, so what is old is what says nothing. To turn
 * new ones away instead would let some hundred silent sockets shut the door.
 */
export class Handshakes {
  readonly #ends = new Map<Handshake, () => void>();
  readonly #limit: number;

  constructor(limit = MAX_HANDSHAKES) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#ends.size;
  }

  /** @param end - ends the connection of this handshake, which then settles it */
  begin(address: string, end: () => void): Handshake {
    if (this.#ends.size >= this.#limit) this.#displaceOne();
    const timer = setTimeout(end, HANDSHAKE_MS);
    const handshake = new Handshake(address, () => {
      clearTimeout(timer);
      this.#ends.delete(handshake);
    });
    this.#ends.set(handshake, end);
    return handshake;
  }

  #displaceOne(): void {
    const counts = new Map<string, number>();
    for (const { address } of this.#ends.keys())
      counts.set(address, (counts.get(address) ?? 0) + 1);
    const most = Math.max(...counts.values());
    for (const [handshake, end] of this.#ends) {
      if (counts.get(handshake.address) !== most) continue;
      end();
      handshake.settle();
      return;
    }
  }
}
