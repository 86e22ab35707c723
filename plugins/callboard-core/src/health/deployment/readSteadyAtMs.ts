import type { KubeObject } from '@callboard/plugin-callboard-common';
import {
  type Fields,
  fieldsAt,
  listAt,
  numberAt,
  textAt,
  timeAt,
} from '../fields';
import { CRASH_WINDOW_MS } from './crashWindow';

/**
 * A container without a probe counts as ready the moment it starts; one that
 * crashes at start does so within this time.
 */
const UNPROBED_MS = 2_000;

/**
 * Returns until when (ms) a healthy instance may still crash at start: a
 * release that ends with an error half a second after its start must never
 * count as Healthy. At most one full term from now, whatever the cluster's
 * clock says.
 */
export function readSteadyAtMs(pod: KubeObject, now: Date): number {
  const probed = new Map(
    listAt(pod, 'spec', 'containers').map(container => [
      container.name,
      container.readinessProbe !== undefined,
    ]),
  );
  const terms = listAt(pod, 'status', 'containerStatuses').map(status => {
    const started = timeAt(status, 'state', 'running', 'startedAt');
    const unprobedMs = probed.get(status.name) ? 0 : UNPROBED_MS;
    const termMs = hasCrashed(fieldsAt(status, 'lastState', 'terminated'))
      ? CRASH_WINDOW_MS
      : unprobedMs;
    return started ? Math.min(started.getTime(), now.getTime()) + termMs : 0;
  });
  return Math.max(0, ...terms);
}

/** Ended with an error of its own; an instance that went down with its node (reason `Unknown`) does not count. */
function hasCrashed(ended: Fields): boolean {
  const exitCode = numberAt(ended, 'exitCode');
  return (
    exitCode !== undefined &&
    exitCode !== 0 &&
    textAt(ended, 'reason') !== 'Unknown'
  );
}
