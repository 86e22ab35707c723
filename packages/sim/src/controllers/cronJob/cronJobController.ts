import { isTimeZone, parseSchedule } from '@callboard/plugin-callboard-common';
import { timestamp } from '../../clock';
import type { CronJob, CronJobStatus, Job } from '../../kinds';
import { type ClusterClient, storageOf } from '../ClusterClient';
import { type Controller, keyOf, splitKey } from '../Controller';
import { finishedAs } from '../jobController';
import {
  controllerReference,
  isControlledBy,
  keysOfController,
} from '../owners';
import { recordEvent } from '../recordEvent';
import { type Calendar, findDueRun, nextAfter } from './findDueRun';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** Creates jobs on schedule, keeps a few finished ones, and reports the end of the last ones. */
export function cronJobController(client: ClusterClient): Controller {
  const [cronJobs, jobs] = [storageOf('CronJob'), storageOf('Job')];
  return {
    name: 'cronjob',
    keysOf({ storage, object }) {
      if (storage === cronJobs) return [keyOf(object.metadata)];
      return storage === jobs ? keysOfController('CronJob', object) : [];
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const cronJob = client.get<CronJob>('CronJob', namespace, name);
      if (cronJob === undefined) return undefined;
      const own = client
        .list<Job>('Job', namespace)
        .filter(job => isControlledBy(job, cronJob));
      const seen = noteEnds(client, cronJob, own);
      const { status, waitMs } =
        cronJob.metadata.deletionTimestamp === undefined
          ? schedule(client, cronJob, seen)
          : { status: seen, waitMs: undefined };
      removeOldest(client, cronJob, own);
      client.updateStatus(cronJob, status);
      return waitMs;
    },
  };
}

/**
 * Removes finished jobs from the active ones and records the latest success:
 * one step later, as the real controller does. In between a run that succeeded
 * looks like one that did not.
 */
function noteEnds(
  client: ClusterClient,
  cronJob: CronJob,
  jobs: readonly Job[],
): CronJobStatus {
  const ends = new Map(jobs.map(job => [job.metadata.uid, finishedAs(job)]));
  const { active = [], lastSuccessfulTime, ...rest } = cronJob.status ?? {};
  for (const { uid, name } of active) {
    const end = ends.get(uid);
    if (end !== undefined)
      reportEvent(client, cronJob, {
        type: 'Normal',
        reason: 'SawCompletedJob',
        message: `Saw completed job: ${name}, condition: ${end}`,
      });
    else if (!ends.has(uid))
      reportEvent(client, cronJob, {
        type: 'Normal',
        reason: 'MissingJob',
        message: `Active job went missing: ${name}`,
      });
  }
  const listed = new Set(active.map(({ uid }) => uid));
  const successes = jobs
    .filter(
      job => finishedAs(job) === 'Complete' && !listed.has(job.metadata.uid),
    )
    .flatMap(({ status }) => status?.completionTime ?? []);
  const latest = [...successes, lastSuccessfulTime ?? ''].sort().at(-1);
  return {
    ...rest,
    ...withActive(
      active.filter(({ uid }) => ends.has(uid) && ends.get(uid) === undefined),
    ),
    ...(latest && { lastSuccessfulTime: latest }),
  };
}

function withActive(
  active: NonNullable<CronJobStatus['active']>,
): Pick<CronJobStatus, 'active'> {
  return active.length > 0 ? { active } : {};
}

interface Scheduled {
  status: CronJobStatus;
  /** Milliseconds until the next run. */
  waitMs: number | undefined;
}

/** Starts the run that is due, if there is one and the concurrency policy allows it. */
function schedule(
  client: ClusterClient,
  cronJob: CronJob,
  status: CronJobStatus,
): Scheduled {
  const { suspend, concurrencyPolicy } = cronJob.spec;
  const calendar = readCalendar(client, cronJob);
  if (calendar === undefined || suspend) return { status, waitMs: undefined };
  const now = client.now();
  const next = nextAfter(calendar, now);
  const waitMs = next && next.getTime() - now.getTime();
  const due = findDueRun(calendar, {
    since: sinceOf(cronJob, status, now),
    now,
  });
  if (due === undefined) return { status, waitMs };
  const { active = [], ...rest } = status;
  if (active.some(({ name }) => name === jobName(cronJob, due)))
    return { status, waitMs };
  if (active.length > 0 && concurrencyPolicy === 'Forbid') {
    reportEvent(client, cronJob, {
      type: 'Normal',
      reason: 'JobAlreadyActive',
      message:
        'Not starting job because prior execution is running and concurrency policy is Forbid',
    });
    return { status, waitMs };
  }
  const isReplacing = concurrencyPolicy === 'Replace';
  if (isReplacing)
    for (const { name } of active) {
      const job = client.get<Job>('Job', cronJob.metadata.namespace, name);
      if (job !== undefined) remove(client, cronJob, job);
    }
  const job = createJob(client, cronJob, due, calendar);
  const { apiVersion, kind, metadata } = job;
  const { name, namespace, uid, resourceVersion } = metadata;
  return {
    status: {
      ...rest,
      active: [
        ...(isReplacing ? [] : active),
        { apiVersion, kind, name, namespace, uid, resourceVersion },
      ],
      lastScheduleTime: timestamp(due),
    },
    waitMs,
  };
}

/** A run that was due before the last one, or is past its deadline by now, is never started. */
function sinceOf(
  { metadata, spec: { startingDeadlineSeconds } }: CronJob,
  { lastScheduleTime }: CronJobStatus,
  now: Date,
): Date {
  const last = Date.parse(lastScheduleTime ?? metadata.creationTimestamp ?? '');
  const tooLate =
    startingDeadlineSeconds === undefined
      ? -Infinity
      : now.getTime() - startingDeadlineSeconds * 1000;
  return new Date(Math.max(last, tooLate));
}

/** Without a time zone the schedule is in that of the controller: UTC here, as nearly everywhere. */
function readCalendar(
  client: ClusterClient,
  cronJob: CronJob,
): Calendar | undefined {
  const { schedule: text, timeZone = 'UTC' } = cronJob.spec;
  if (!isTimeZone(timeZone)) {
    reportEvent(client, cronJob, {
      type: 'Warning',
      reason: 'UnknownTimeZone',
      message: `invalid timeZone: "${timeZone}"`,
    });
    return undefined;
  }
  const found = parseSchedule(text);
  if (found === undefined)
    reportEvent(client, cronJob, {
      type: 'Warning',
      reason: 'UnparseableSchedule',
      message: `unparseable schedule: "${text}"`,
    });
  return found && { schedule: found, timeZone };
}

/** Named after its minute: a run is never started twice. */
function jobName({ metadata }: CronJob, due: Date): string {
  return `${metadata.name}-${due.getTime() / 60_000}`;
}

function createJob(
  client: ClusterClient,
  cronJob: CronJob,
  due: Date,
  { timeZone }: Calendar,
): Job {
  const { metadata: own, spec } = cronJob;
  const { metadata } = spec.jobTemplate;
  const name = jobName(cronJob, due);
  const known = client.get<Job>('Job', own.namespace, name);
  if (known !== undefined && isControlledBy(known, cronJob)) return known;
  const job = client.create<Job>('Job', {
    metadata: {
      name,
      namespace: own.namespace,
      ...(metadata?.labels && { labels: { ...metadata.labels } }),
      annotations: {
        ...metadata?.annotations,
        [SCHEDULED_AT]: inZone(due, timeZone),
      },
      ownerReferences: [controllerReference(cronJob)],
    },
    spec: spec.jobTemplate.spec,
  });
  reportEvent(client, cronJob, {
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: `Created job ${name}`,
  });
  return job;
}

/** Formats a time as RFC 3339 with the offset of the zone. */
function inZone(at: Date, timeZone: string): string {
  const offset = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'longOffset',
  })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', '');
  if (!offset || offset === '+00:00') return timestamp(at);
  const [hours, minutes] = offset.split(':').map(Number);
  const shiftMs =
    (hours * 60 + Math.sign(hours || 1) * (minutes || 0)) * 60_000;
  const wall = timestamp(new Date(at.getTime() + shiftMs)).slice(0, -1);
  return `${wall}${offset}`;
}

/** Keeps the latest few finished jobs; successes and failures count separately. */
function removeOldest(
  client: ClusterClient,
  cronJob: CronJob,
  jobs: readonly Job[],
): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec;
  const limits = [
    ['Complete', successfulJobsHistoryLimit],
    ['Failed', failedJobsHistoryLimit],
  ] as const;
  for (const [end, most] of limits) {
    const ended = jobs.filter(job => finishedAs(job) === end).sort(byStart);
    ended
      .slice(0, Math.max(0, ended.length - most))
      .forEach(job => remove(client, cronJob, job));
  }
}

function byStart(a: Job, b: Job): number {
  const [start, other] = [a.status?.startTime ?? '', b.status?.startTime ?? ''];
  if (start !== other) return start < other ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

function remove(client: ClusterClient, cronJob: CronJob, job: Job): void {
  if (job.metadata.deletionTimestamp !== undefined) return;
  client.delete(job);
  reportEvent(client, cronJob, {
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted job ${job.metadata.name}`,
  });
}

function reportEvent(
  client: ClusterClient,
  cronJob: CronJob,
  text: Parameters<typeof recordEvent>[3],
): void {
  recordEvent(client, cronJob, { component: 'cronjob-controller' }, text);
}
