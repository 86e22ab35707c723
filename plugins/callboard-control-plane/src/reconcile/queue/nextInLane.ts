/** How many runs of a lane go on at once, and of whom. */
export interface LanePlaces {
  most: number;
  /** Of one owner; as many as there are when omitted. */
  perOwner?: number;
  /** Of `most`: for owners of whom nothing runs. */
  reserved?: number;
  /** Runs that only wait for somebody, beside all of these. */
  quiet?: number;
}

/**
 * Which of the waiting works runs next, by its index; undefined when all have to
 * wait. The owner of whom the fewest run comes first, then who waits longest.
 * Works without an owner each count alone.
 */
export function nextInLane(
  waiting: ReadonlyArray<string | undefined>,
  running: ReadonlyArray<string | undefined>,
  { most, perOwner = most, reserved = 0 }: LanePlaces,
): number | undefined {
  if (running.length >= most) return undefined;
  const runningOf = (owner: string | undefined) =>
    owner === undefined ? 0 : running.filter(each => each === owner).length;
  const isReserved = running.length >= most - reserved;
  const mostOfOne = isReserved ? 1 : perOwner;
  let best: { index: number; count: number } | undefined;
  waiting.forEach((owner, index) => {
    const count = runningOf(owner);
    if (count < mostOfOne && (!best || count < best.count))
      best = { index, count };
  });
  return best?.index;
}
