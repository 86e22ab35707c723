import { getPath, type SimObject } from '../json';
import { objectsIn } from '../validation';
import { ageOf } from './age';

/** `1/2`: ready containers of the total. */
export function podReady(pod: SimObject): string {
  const statuses = objectsIn(getPath(pod, ['status', 'containerStatuses']));
  const total = objectsIn(getPath(pod, ['spec', 'containers'])).length;
  return `${statuses.filter(({ ready }) => ready === true).length}/${total}`;
}

/** Returns the most specific word for a pod's state: `Running`, `CrashLoopBackOff`, `Terminating`. */
export function podReason(pod: SimObject): string {
  const phase = String(
    getPath(pod, ['status', 'reason']) ??
      getPath(pod, ['status', 'phase']) ??
      '',
  );
  const containers = objectsIn(getPath(pod, ['status', 'containerStatuses']));
  const reported = containers
    .map(containerReason)
    .filter(reason => reason !== undefined);
  const reason = initReason(pod) ?? reported.at(-1) ?? phase;
  const hasRunning = containers.some(
    status =>
      status.ready === true &&
      getPath(status, ['state', 'running']) !== undefined,
  );
  const shown = reason === 'Completed' && hasRunning ? 'Running' : reason;
  if (pod.metadata.deletionTimestamp === undefined) return shown;
  return phase === 'Succeeded' || phase === 'Failed' ? shown : 'Terminating';
}

export function podRestarts(pod: SimObject, now: Date): string {
  const statuses = objectsIn(getPath(pod, ['status', 'containerStatuses']));
  const restarts = statuses.reduce(
    (sum, { restartCount }) => sum + Number(restartCount ?? 0),
    0,
  );
  const last = statuses
    .map(status => getPath(status, ['lastState', 'terminated', 'finishedAt']))
    .filter(time => typeof time === 'string')
    .sort()
    .at(-1);
  return restarts === 0 || last === undefined
    ? String(restarts)
    : `${restarts} (${ageOf(last, now)} ago)`;
}

function containerReason(
  status: ReturnType<typeof objectsIn>[number],
): string | undefined {
  const waiting = getPath(status, ['state', 'waiting', 'reason']);
  if (typeof waiting === 'string') return waiting;
  const terminated = getPath(status, ['state', 'terminated']);
  if (terminated === undefined) return undefined;
  const reason = getPath(terminated, ['reason']);
  if (typeof reason === 'string' && reason !== '') return reason;
  const signal = getPath(terminated, ['signal']);
  return signal === undefined
    ? `ExitCode:${String(getPath(terminated, ['exitCode']))}`
    : `Signal:${String(signal)}`;
}

function initReason(pod: SimObject): string | undefined {
  const statuses = objectsIn(getPath(pod, ['status', 'initContainerStatuses']));
  const index = statuses.findIndex(
    status => getPath(status, ['state', 'terminated', 'exitCode']) !== 0,
  );
  if (index === -1) return undefined;
  const reason = containerReason(statuses[index]);
  if (reason !== undefined && reason !== 'PodInitializing')
    return `Init:${reason}`;
  return `Init:${index}/${statuses.length}`;
}
