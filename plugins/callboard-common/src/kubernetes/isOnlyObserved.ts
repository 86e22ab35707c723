import { OBSERVED_ONLY_TAINT } from './labels';

/** Whether Callboard may read a cluster and not change it: nothing is placed there, and it gets no blueprint. */
export function isOnlyObserved({
  taints,
}: {
  taints: ReadonlyArray<{ key: string }>;
}): boolean {
  return taints.some(({ key }) => key === OBSERVED_ONLY_TAINT);
}
