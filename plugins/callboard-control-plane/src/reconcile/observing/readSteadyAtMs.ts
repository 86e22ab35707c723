import type { KubeObject } from '@callboard/plugin-callboard-common';
import { fieldOf, listOf } from './fields';

/** A container nobody asks for its health counts as ready the moment it starts; one that crashes at start does so within this. */
const UNPROBED_MS = 2_000;
const AFTER_CRASH_MS = 10_000; // one that came back after a crash is believed when it has run this long

/**
 * Until when (ms) a healthy instance may still turn out to crash: a release
 * that ends with an error half a second after its start was never Healthy.
 * Never later than a full term from now, whatever the cluster's clock says.
 */
export function readSteadyAtMs(pod: KubeObject, now: Date): number {
  const probed = new Map(
    listOf(fieldOf(pod.spec, 'containers')).map(container => [
      fieldOf(container, 'name'),
      fieldOf(container, 'readinessProbe') !== undefined,
    ]),
  );
  const terms = listOf(fieldOf(pod.status, 'containerStatuses')).map(status => {
    const startedAt = Date.parse(
      String(
        fieldOf(fieldOf(fieldOf(status, 'state'), 'running'), 'startedAt'),
      ),
    );
    const ended = fieldOf(fieldOf(status, 'lastState'), 'terminated');
    const unprobedMs = probed.get(fieldOf(status, 'name')) ? 0 : UNPROBED_MS;
    const termMs = hasCrashed(ended) ? AFTER_CRASH_MS : unprobedMs;
    return Number.isNaN(startedAt)
      ? 0
      : Math.min(startedAt, now.getTime()) + termMs;
  });
  return Math.max(0, ...terms);
}

/** Ended with an error of its own; one that went down with its node (reason `Unknown`) did nothing wrong. */
function hasCrashed(ended: unknown): boolean {
  const exitCode = fieldOf(ended, 'exitCode');
  return (
    typeof exitCode === 'number' &&
    exitCode !== 0 &&
    fieldOf(ended, 'reason') !== 'Unknown'
  );
}
