import type { Pod } from './types';

/** True for a pod that is neither finished nor being deleted. */
export function isPodActive({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status.phase !== 'Succeeded' &&
    status.phase !== 'Failed'
  );
}

export function isPodReady({ status }: Pod): boolean {
  return readyCondition(status)?.status === 'True';
}

/** True for a pod that is ready for at least `minReadySeconds`. */
export function isPodAvailable(
  pod: Pod,
  minReadySeconds: number,
  now: Date,
): boolean {
  const ready = readyCondition(pod.status);
  if (ready?.status !== 'True') return false;
  return (
    minReadySeconds === 0 ||
    Date.parse(ready.lastTransitionTime ?? '') + minReadySeconds * 1000 <=
      now.getTime()
  );
}

function readyCondition({ conditions }: Pod['status']) {
  return conditions?.find(({ type }) => type === 'Ready');
}
