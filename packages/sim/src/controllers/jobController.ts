import type { Condition, Job, JobStatus, Pod } from '../kinds';
import { isPodActive, isPodReady } from '../kinds';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';
import {
  controllerReference,
  isControlledBy,
  keysOfController,
} from './owners';
import { recordEvent } from './recordEvent';

const FIRST_BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 600_000;

type Verdict =
  | { kind: 'running' }
  | { kind: 'complete' }
  | { kind: 'failed'; reason: string; message: string };

/** Runs jobs: as many pods as specified, until enough succeeded or too many failed. */
export function jobController(client: ClusterClient): Controller {
  const [jobs, pods] = [storageOf('Job'), storageOf('Pod')];
  return {
    name: 'job',
    keysOf({ storage, object }) {
      if (storage === jobs) return [keyOf(object.metadata)];
      return storage === pods ? keysOfController('Job', object) : [];
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const job = client.get<Job>('Job', namespace, name);
      if (job === undefined || job.metadata.deletionTimestamp !== undefined)
        return undefined;
      return finishedAs(job) === undefined
        ? work(client, job)
        : expire(client, job);
    },
  };
}

/** Returns how a job ended; undefined while it has not. */
export function finishedAs({ status }: Job): 'Complete' | 'Failed' | undefined {
  const ends = (status?.conditions ?? [])
    .filter(({ status: state }) => state === 'True')
    .map(({ type }) => type);
  return (['Complete', 'Failed'] as const).find(end => ends.includes(end));
}

function expire(client: ClusterClient, job: Job): number | undefined {
  const ttl = job.spec.ttlSecondsAfterFinished;
  const end = job.status?.conditions?.at(-1)?.lastTransitionTime;
  if (ttl === undefined || end === undefined) return undefined;
  const leftMs = Date.parse(end) + ttl * 1000 - client.now().getTime();
  if (leftMs > 0) return leftMs;
  client.delete(job);
  return undefined;
}

function work(client: ClusterClient, job: Job): number | undefined {
  const pods = client
    .list<Pod>('Pod', job.metadata.namespace)
    .filter(pod => isControlledBy(pod, job));
  const active = pods.filter(isPodActive);
  const succeeded = pods.filter(
    ({ status }) => status.phase === 'Succeeded',
  ).length;
  const failed = pods.filter(({ status }) => status.phase === 'Failed');
  const verdict = judge(
    job,
    { succeeded, failed: failed.length, active: active.length },
    client.now(),
  );
  if (verdict.kind !== 'running' || job.spec.suspend === true)
    active.forEach(pod => client.delete(pod));
  const waitMs =
    verdict.kind === 'running' && job.spec.suspend !== true
      ? fill(client, job, { active, succeeded, failed })
      : undefined;
  writeStatus(client, job, verdict);
  return waitMs ?? untilDeadline(client, job);
}

function judge(
  job: Job,
  counts: { succeeded: number; failed: number; active: number },
  now: Date,
): Verdict {
  const { completions, backoffLimit, activeDeadlineSeconds } = job.spec;
  if (counts.failed > backoffLimit) {
    return {
      kind: 'failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    };
  }
  const start = job.status?.startTime;
  if (
    activeDeadlineSeconds !== undefined &&
    start !== undefined &&
    now.getTime() >= Date.parse(start) + activeDeadlineSeconds * 1000
  ) {
    return {
      kind: 'failed',
      reason: 'DeadlineExceeded',
      message: 'Job was active longer than specified deadline',
    };
  }
  const isEnough =
    completions === undefined
      ? counts.succeeded > 0 && counts.active === 0
      : counts.succeeded >= completions;
  return isEnough ? { kind: 'complete' } : { kind: 'running' };
}

interface PodsOfJob {
  active: readonly Pod[];
  succeeded: number;
  failed: readonly Pod[];
}

/**
 * Starts missing pods, after a failure only when its back-off is over. @returns
 * the rest of the back-off in milliseconds
 */
function fill(
  client: ClusterClient,
  job: Job,
  { active, succeeded, failed }: PodsOfJob,
): number | undefined {
  const { completions, parallelism } = job.spec;
  const wanted = wantedPods(
    { completions, parallelism },
    { active: active.length, succeeded },
  );
  const missing = wanted - active.length;
  if (missing <= 0) return undefined;
  const waitMs = backOffOf(failed, client.now());
  if (waitMs > 0) return waitMs;
  for (let i = 0; i < missing; i++) createPod(client, job);
  return undefined;
}

/** Without completions all pods run until one succeeds; then no more are started. */
function wantedPods(
  { completions, parallelism }: { completions?: number; parallelism: number },
  { active, succeeded }: { active: number; succeeded: number },
): number {
  if (completions !== undefined)
    return Math.min(parallelism, completions - succeeded);
  return succeeded > 0 ? active : parallelism;
}

function backOffOf(failed: readonly Pod[], now: Date): number {
  if (failed.length === 0) return 0;
  const ends = failed.map(({ status, metadata }) =>
    Date.parse(
      status.containerStatuses?.[0]?.state.terminated?.finishedAt ??
        metadata.creationTimestamp ??
        '',
    ),
  );
  const delay = Math.min(
    MAX_BACKOFF_MS,
    FIRST_BACKOFF_MS * 2 ** (failed.length - 1),
  );
  return Math.max(...ends) + delay - now.getTime();
}

function createPod(client: ClusterClient, job: Job): void {
  const { metadata, spec } = job.spec.template;
  const pod = client.create<Pod>('Pod', {
    metadata: {
      ...metadata,
      name: '',
      generateName: `${job.metadata.name}-`,
      namespace: job.metadata.namespace,
      ownerReferences: [controllerReference(job)],
    },
    spec,
    status: { phase: 'Pending' },
  });
  reportEvent(client, job, {
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: `Created pod: ${pod.metadata.name}`,
  });
}

function writeStatus(
  client: ClusterClient,
  { metadata }: Job,
  verdict: Verdict,
): void {
  const job = client.get<Job>('Job', metadata.namespace, metadata.name);
  if (job === undefined) return;
  const pods = client
    .list<Pod>('Pod', metadata.namespace)
    .filter(pod => isControlledBy(pod, job));
  const active = pods.filter(isPodActive);
  const now = client.timestamp();
  const count = (name: string, value: number) =>
    value === 0 ? {} : { [name]: value };
  const status: JobStatus = {
    ...count('active', active.length),
    ...count(
      'failed',
      pods.filter(({ status: { phase } }) => phase === 'Failed').length,
    ),
    ready: active.filter(isPodReady).length,
    ...(job.spec.suspend === true
      ? {}
      : { startTime: job.status?.startTime ?? now }),
    ...count(
      'succeeded',
      pods.filter(({ status: { phase } }) => phase === 'Succeeded').length,
    ),
    terminating: pods.filter(
      pod => pod.metadata.deletionTimestamp !== undefined,
    ).length,
    uncountedTerminatedPods: {},
    ...(verdict.kind === 'complete' ? { completionTime: now } : {}),
    ...conditionsFor(job, verdict, now),
  };
  client.updateStatus(job, status);
  if (verdict.kind === 'complete')
    reportEvent(client, job, {
      type: 'Normal',
      reason: 'Completed',
      message: 'Job completed',
    });
  if (verdict.kind === 'failed')
    reportEvent(client, job, {
      type: 'Warning',
      reason: verdict.reason,
      message: verdict.message,
    });
}

function conditionsFor(
  { spec, status }: Job,
  verdict: Verdict,
  now: string,
): { conditions?: Condition[] } {
  const condition = (
    type: string,
    reason: string,
    message: string,
  ): Condition => ({
    type,
    status: 'True',
    reason,
    message,
    lastProbeTime: now,
    lastTransitionTime: now,
  });
  switch (verdict.kind) {
    case 'complete': {
      const words = [
        'CompletionsReached',
        'Reached expected number of succeeded pods',
      ] as const;
      return {
        conditions: [
          condition('SuccessCriteriaMet', ...words),
          condition('Complete', ...words),
        ],
      };
    }
    case 'failed':
      return {
        conditions: [
          condition('FailureTarget', verdict.reason, verdict.message),
          condition('Failed', verdict.reason, verdict.message),
        ],
      };
    default:
      if (spec.suspend !== true)
        return status?.conditions === undefined
          ? {}
          : { conditions: status.conditions };
      return {
        conditions: status?.conditions ?? [
          condition('Suspended', 'JobSuspended', 'Job suspended'),
        ],
      };
  }
}

function untilDeadline(
  client: ClusterClient,
  { spec, status }: Job,
): number | undefined {
  if (
    spec.activeDeadlineSeconds === undefined ||
    status?.startTime === undefined
  )
    return undefined;
  return Math.max(
    0,
    Date.parse(status.startTime) +
      spec.activeDeadlineSeconds * 1000 -
      client.now().getTime(),
  );
}

function reportEvent(
  client: ClusterClient,
  job: Job,
  text: Parameters<typeof recordEvent>[3],
): void {
  recordEvent(client, job, { component: 'job-controller' }, text);
}
