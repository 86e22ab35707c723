/** What is counted of an instance, however it was read. */
export interface CountedInstance {
  /** Absent where nothing says it. */
  release?: number;
  isLeaving: boolean;
  isReady: boolean;
}

/** Whether an instance speaks for a release: it stays, and is of no other release. */
export function speaksFor(
  { release, isLeaving }: Omit<CountedInstance, 'isReady'>,
  wanted: number | undefined,
): boolean {
  return (
    !isLeaving &&
    (release === undefined || wanted === undefined || release === wanted)
  );
}

/**
 * The one count of instances, which verdict, findings and tables share: how many
 * of a release are ready, of as many as are wanted. What leaves and what another
 * release still runs is not among them.
 */
export function countInstances(
  instances: readonly CountedInstance[],
  of: { release: number | undefined; wanted: number },
): { ready: number; wanted: number } {
  const ready = instances.filter(
    instance => instance.isReady && speaksFor(instance, of.release),
  ).length;
  return { ready: Math.min(ready, of.wanted), wanted: of.wanted };
}
