import { type SimObject, getPath } from '../json';
import { describeDuration } from './age';
import { conditionOf } from './conditionOf';

export function jobStatus(object: SimObject): string {
  const isTrue = (type: string) => conditionOf(object, type)?.status === 'True';
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (object.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (isTrue('Suspended')) return 'Suspended';
  if (isTrue('FailureTarget')) return 'FailureTarget';
  return isTrue('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

export function jobDuration(object: SimObject, now: Date): string {
  const start = getPath(object, ['status', 'startTime']);
  if (typeof start !== 'string') return '';
  const end = getPath(object, ['status', 'completionTime']);
  const until = typeof end === 'string' ? Date.parse(end) : now.getTime();
  return describeDuration((until - Date.parse(start)) / 1000);
}
