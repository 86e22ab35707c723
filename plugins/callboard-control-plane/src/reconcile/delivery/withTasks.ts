import {
  type KubeObject,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import type {
  DeploymentVerdict,
  PartVerdict,
} from '@callboard/plugin-callboard-core';
import {
  type DeploymentRecord,
  type ObjectDigest,
  type ReleaseTaskRecord,
  type TasksOf,
  findDeploymentsIn,
  findReleaseTasks,
  finishReleaseTask,
  moveReleaseTask,
  startReleaseTask,
} from '../../store';
import { clusterStatusOf } from '../fleet/clusterStatusOf';
import { leaseOfCluster } from '../LeaseKeeper';
import { record } from '../record';
import type { FleetReader, LeasedRecorder } from '../roles';
import type { RenderedDeployment } from './RenderedDeployment';
import type { LoadedDeployment } from './loadDesired';
import { fingerprintOfAll } from './renderDelivery';

type Part = RenderedDeployment['parts'][number];

/** A delivery restricted by the tasks of its release. */
export interface TaskedDeployment extends LoadedDeployment {
  /** Tasks that the release waits for, and the cluster that runs them. Until they end, what is there stays as it is. */
  held?: {
    tasks: string[];
    cluster: string;
    /** Verdicts of workloads from before: the workloads stay, and are not judged meanwhile. */
    kept: PartVerdict[];
  };
  /** Workloads of the tasks that this cluster runs now. */
  runs: string[];
}

/**
 * Returns what a cluster gets of a release with tasks. Before the tasks that
 * run first have succeeded, only those and their dependencies are applied, on
 * one cluster of the environment; tasks that run afterwards start there once
 * the release is Healthy. A task that has succeeded is removed and never runs
 * again for this release and environment.
 */
export async function withTasks(
  desired: LoadedDeployment,
  { key, state }: DeploymentRecord,
  context: LeasedRecorder & FleetReader,
): Promise<TaskedDeployment> {
  if (key.kind !== 'app' || !desired.parts.some(isTask))
    return { ...desired, runs: [] };
  const { knex } = context.deps;
  const { app, environment, cluster } = key;
  const of = { app, environment, release: desired.release };
  const started = await findReleaseTasks(knex, of);
  const open = desired.parts.filter(
    part =>
      isTask(part) &&
      !started.some(
        ({ workload, hasSucceeded }) => hasSucceeded && workload === part.name,
      ),
  );
  const others = desired.parts.filter(part => !isTask(part));
  const before = open.filter(({ phase }) => phase === 'before-release');
  if (before.length > 0) {
    const holder = await claim(before, { of, started, cluster }, context);
    const mine = before.filter(({ name }) => holder.get(name) === cluster);
    const resources = others.filter(({ phase }) => phase === undefined);
    return {
      ...withParts(desired, [...resources, ...mine]),
      keepsOthers: true,
      held: {
        tasks: before.map(({ name }) => name),
        cluster: holder.get(before[0].name) ?? cluster,
        kept: state.parts.filter(
          ({ name, resource }) =>
            resource === undefined && !mine.some(task => task.name === name),
        ),
      },
      runs: mine.map(({ name }) => name),
    };
  }
  const isThere =
    state.health.status === 'Healthy' &&
    state.observedRelease === desired.release;
  const due = open.filter(
    ({ name }) => isThere || started.some(({ workload }) => workload === name),
  );
  const holder =
    due.length > 0
      ? await claim(due, { of, started, cluster }, context)
      : new Map<string, string>();
  const mine = due.filter(({ name }) => holder.get(name) === cluster);
  return {
    ...withParts(desired, [...others, ...mine]),
    runs: mine.map(({ name }) => name),
  };
}

/**
 * Chooses the cluster that runs each task: the one that started it while it has
 * the release, else the first that is in contact.
 */
async function claim(
  tasks: readonly Part[],
  {
    of,
    started,
    cluster,
  }: {
    of: TasksOf;
    started: readonly ReleaseTaskRecord[];
    cluster: string;
  },
  context: LeasedRecorder & FleetReader,
): Promise<Map<string, string>> {
  const { knex, clock } = context.deps;
  const statuses = await clusterStatusOf(context);
  const candidates = (await findDeploymentsIn(knex, of))
    .filter(({ state }) => state.desiredRelease === of.release)
    .map(({ key }) => key.cluster);
  const first =
    candidates.find(name => statuses(name).freshness === 'live') ??
    candidates[0];
  const holders = new Map(
    started.map(task => [task.workload, task.cluster] as const),
  );
  const toClaim = tasks.filter(({ name }) => {
    const holder = holders.get(name);
    return holder === undefined || !candidates.includes(holder);
  });
  if (toClaim.length === 0 || first !== cluster) return holders;
  await record(
    context,
    context.leases.prove(leaseOfCluster(cluster)),
    async tx => {
      for (const { name: workload } of toClaim) {
        const from = holders.get(workload);
        const now = clock.now();
        if (from === undefined)
          await startReleaseTask(tx, { ...of, workload, cluster }, now);
        else
          await moveReleaseTask(
            tx,
            { ...of, workload, from, to: cluster },
            now,
          );
      }
    },
  );
  return new Map(
    (await findReleaseTasks(knex, of)).map(task => [
      task.workload,
      task.cluster,
    ]),
  );
}

/** Records the tasks that were seen to succeed. @returns whether there were any */
export async function recordEndedTasks(
  { parts, runs, release }: TaskedDeployment,
  { key }: DeploymentRecord,
  {
    seen,
    context,
  }: {
    seen: ReadonlyMap<string, ObjectDigest>;
    context: LeasedRecorder;
  },
): Promise<boolean> {
  if (key.kind !== 'app') return false;
  const { app, environment, cluster } = key;
  const ended = parts.filter(
    part => runs.includes(part.name) && part.objects.some(isCompleted(seen)),
  );
  if (ended.length === 0) return false;
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(leaseOfCluster(cluster)),
    async (tx, { journal, signal, wake }) => {
      for (const { name: workload } of ended) {
        const of = { app, environment, release, workload };
        if (!(await finishReleaseTask(tx, of, at))) continue;
        journal({
          at,
          actor: 'system:reconciler',
          action: 'release.task-succeeded',
          app,
          environment,
          cluster,
          release,
          message: `"${workload}" of release ${release} of ${app} ran to its end in ${environment}`,
        });
      }
      signal({ kind: 'app', name: app });
      for (const other of await findDeploymentsIn(tx, key))
        wake({ kind: 'delivery', key: other.key });
    },
  );
  return true;
}

/** A release that waits for its tasks is not in place yet, however healthy the previous one is. */
export function verdictWhileHeld(
  verdict: DeploymentVerdict,
  { held, runs, release }: TaskedDeployment,
): DeploymentVerdict {
  if (!held) return verdict;
  const names = held.tasks.map(name => `"${name}"`).join(', ');
  const where = runs.length > 0 ? '' : ` on ${held.cluster}`;
  return {
    ...verdict,
    parts: [...verdict.parts, ...held.kept],
    sync: 'OutOfSync',
    health:
      verdict.health.status === 'Degraded'
        ? verdict.health
        : {
            status: 'Progressing',
            reason: 'TaskRunning',
            message: `Release ${release} waits until ${names} has run${where}`,
          },
  };
}

function isTask({ phase }: Part): boolean {
  return phase === 'before-release' || phase === 'after-release';
}

function isCompleted(seen: ReadonlyMap<string, ObjectDigest>) {
  return (object: KubeObject): boolean => {
    if (object.kind !== 'Job') return false;
    const health = seen.get(refKey(refOf(object)))?.health;
    return health?.status === 'Healthy' && health.reason === 'Completed';
  };
}

/** Returns the same delivery with other parts, and the objects that they share. */
function withParts(
  delivery: LoadedDeployment,
  parts: readonly Part[],
): LoadedDeployment {
  const ofParts = new Set(delivery.parts.flatMap(({ objects }) => objects));
  const shared = delivery.objects.filter(object => !ofParts.has(object));
  const objects = [...shared, ...parts.flatMap(part => part.objects)];
  return {
    ...delivery,
    parts,
    objects,
    fingerprint: fingerprintOfAll(objects),
  };
}
