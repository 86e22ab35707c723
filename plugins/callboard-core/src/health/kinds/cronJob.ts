import type { V1CronJob } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { membersOf, readAs, timeOf } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

/**
 * Judges a CronJob: the schedule itself, and whether its last finished run
 * succeeded. A suspended one is Healthy, as in Argo CD and kstatus.
 */
export function judgeCronJob(object: KubeObject): Health {
  const cronJob = readAs<V1CronJob>(object);
  if (cronJob.spec?.suspend === true) {
    return verdict(
      'Healthy',
      'Suspended',
      'The schedule is suspended on purpose',
    );
  }
  if (cronJob.status === undefined) {
    return verdict('Progressing', 'Starting', 'The schedule is being set up');
  }
  const scheduled = timeOf(cronJob.status?.lastScheduleTime);
  if (!scheduled)
    return verdict('Healthy', 'Scheduled', 'The first run is still to come');
  const succeeded = timeOf(cronJob.status?.lastSuccessfulTime);
  if (membersOf(cronJob.status?.active).length > 0) {
    return verdict('Healthy', 'Running', 'A run is under way');
  }
  if (!succeeded) {
    return verdict(
      'Healthy',
      'NeverSucceeded',
      'No run has ended well yet; its first one may be about to',
    );
  }
  return succeeded >= scheduled
    ? verdict('Healthy', 'LastRunSucceeded', 'The last run ended well')
    : verdict('Degraded', 'LastRunFailed', 'The last run did not end well');
}
