/** Facts by which an instance is counted, from whatever source. */
export interface CountedInstance {
  /** Absent where it is not known. */
  release?: number;
  isLeaving: boolean;
  isReady: boolean;
}

/** Returns whether an instance counts for a release: it is not terminating and belongs to no other release. */
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
 * Counts instances, for verdict, findings and tables alike: how many of a
 * release are ready, and how many are desired. Terminating instances and those
 * of another release are not counted.
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
