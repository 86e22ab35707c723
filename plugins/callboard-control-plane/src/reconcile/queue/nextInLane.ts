/** Slots of a lane: the number of concurrent runs, and per owner. */
export interface LanePlaces {
  most: number;
  /** Of one owner; `most` when omitted. */
  perOwner?: number;
  /** Of `most`: for owners without a running one. */
  reserved?: number;
  /** Quiet runs, which only wait, in addition to these. */
  quiet?: number;
}

/**
 * Returns the index of the waiting work that runs next; undefined when all have
 * to wait. Work of the owner with the fewest runs comes first, then the one
 * that waits longest. Work without an owner counts as an owner of its own.
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
