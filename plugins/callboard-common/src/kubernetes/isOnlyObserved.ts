import { OBSERVED_ONLY_TAINT } from './labels';

/** Returns whether Callboard may read a cluster but not change it: no app is placed there, and it gets no blueprint. */
export function isOnlyObserved({
  taints,
}: {
  taints: ReadonlyArray<{ key: string }>;
}): boolean {
  return taints.some(({ key }) => key === OBSERVED_ONLY_TAINT);
}
