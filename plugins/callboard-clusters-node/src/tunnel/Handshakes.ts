const HANDSHAKE_MS = 10_000;
const MAX_HANDSHAKES = 500;

/** One connection until its cluster is known. */
export class Handshake {
  isGreeted = false;
  /** True when its agent was accepted or refused. */
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
 * Connections whose cluster is not known yet.
 *
 * Each has a deadline, and their number is limited. At the limit a new one
 * replaces the oldest of the address with the most: an agent sends its hello
 * within a round trip, so the oldest are silent. If new ones were refused
 * instead, some hundred silent sockets could block all agents.
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
