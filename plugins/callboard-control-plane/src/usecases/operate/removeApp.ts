import {
  type AppRemoval,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  appDeleted,
  describeRemoval,
  removalNotConfirmed,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type ClusterStatus,
  clusterStatusOf,
} from '../../reconcile/fleet/clusterStatusOf';
import {
  findEnvironment,
  titleOfEnvironment,
} from '../../reconcile/placing/findEnvironment';
import { setDesiredReleases } from '../../reconcile/placing/setDesiredReleases';
import { type Consequences, record } from '../../reconcile/record';
import type { FactReader, FleetReader, Recorder } from '../../reconcile/roles';
import {
  type AppRecord,
  closeApp,
  closeEnvironment,
  closeFailover,
  findApp,
  deleteBuildLogs,
  deleteProbes,
  deleteUsage,
  deleteReleaseRequests,
  deleteSource,
  findBuildsOf,
  findDeployments,
  findEnvironmentReleases,
  findFailovers,
  findNewestSpecs,
  findReleases,
  finishBuild,
  lockApp,
  lockRolloutsOf,
  releaseAddresses,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { findDataLeft } from '../whatif/findDataLeft';
import { notYours, nothingToOperate } from './problems';

/** A request to remove an app or one of its environments. */
export type RemovalRequest = Parameters<ControlPlane['removeApp']>[0];

/**
 * Removes an app from an environment, or deletes it with all of them, or
 * describes the effect. The new desired state is recorded at once; delivery
 * removes the app from the clusters, from unreachable ones when they are back,
 * and keeps the data of databases and volumes where it is.
 */
export async function removeApp(
  request: RemovalRequest,
  context: Recorder & FleetReader,
): Promise<Result<AppRemoval>> {
  const { app, environment, actor, why, confirm, dryRun } = request;
  const { knex, clock } = context.deps;
  const statuses = await clusterStatusOf(context);
  const look = (tx: Knex) => lookAt(tx, { request, statuses, context });
  const before = await look(knex);
  if (!before.ok) return before;
  if (dryRun) return ok(before.value.answer);
  if (confirm !== app) return failed(removalNotConfirmed(app));
  return record(context, undefined, async (tx, consequences) => {
    await lockRolloutsOf(tx, app);
    await lockApp(tx, app);
    const found = await look(tx);
    if (!found.ok) return found;
    const { answer, owned, releases } = found.value;
    const at = clock.now();
    for (const { environment: name } of answer.environments)
      await leave({ app, environment: name }, { tx, at, consequences });
    if (environment === undefined) await end(app, { tx, at });
    const { journal, signal } = consequences;
    journal({
      at,
      actor,
      app,
      ...(environment === undefined
        ? { action: 'app.deleted' }
        : {
            action: 'app.removed',
            environment,
            release: releases.get(environment),
          }),
      message: answer.message,
      ...(why !== undefined && { why }),
      before: {
        ...(environment === undefined && {
          title: owned.title,
          owner: owned.owner,
        }),
        releases: Object.fromEntries(releases),
      },
    });
    signal({ kind: 'app', name: app });
    signal({ kind: 'fleet' });
    return ok(answer);
  });
}

/** Records that nothing is desired in the environment any more. */
async function leave(
  key: { app: string; environment: string },
  {
    tx,
    at,
    consequences,
  }: { tx: Knex.Transaction; at: Date; consequences: Consequences },
): Promise<void> {
  await closeEnvironment(tx, key, at);
  for (const failover of await findFailovers(tx, { app: key.app }))
    if (failover.environment === key.environment)
      await closeFailover(tx, failover, at);
  await setDesiredReleases(
    tx,
    { ...key, desired: new Map(), now: at },
    consequences,
  );
  consequences.wake({ kind: 'placement', ...key }); // its capacity becomes free for others
}

/** Records that the app no longer exists, and ends its pending builds. */
async function end(
  app: string,
  { tx, at }: { tx: Knex.Transaction; at: Date },
): Promise<void> {
  await deleteBuildLogs(tx, app);
  await deleteUsage(tx, app);
  await deleteReleaseRequests(tx, app);
  await deleteSource(tx, app);
  for (const build of await findBuildsOf(tx, app))
    if (build.state === 'pending')
      await finishBuild(tx, build, {
        state: 'failed',
        problem: appDeleted(app, 'build'),
        at,
      });
  await releaseAddresses(tx, app);
  await deleteProbes(tx, app);
  await closeApp(tx, app, at);
}

interface Found {
  answer: AppRemoval;
  owned: AppRecord;
  /** By environment, of the remaining ones. */
  releases: Map<string, number>;
}

/** Reads what would end, where, and what would be kept. */
async function lookAt(
  tx: Knex,
  of: {
    request: RemovalRequest;
    statuses: (cluster: string) => ClusterStatus;
    context: FactReader;
  },
): Promise<Result<Found>> {
  const { request, context } = of;
  const { app, environment: name, mayRemove = true } = request;
  const { environments: files } = context.deps.platform;
  const owned = await findApp(tx, app);
  if (!owned) return failed(appMissing(app));
  const wanted = await findEnvironmentReleases(tx, { app });
  const releases = new Map(
    wanted
      .filter(each => name === undefined || each.environment === name)
      .map(each => [each.environment, each.release]),
  );
  const appFile = (await findNewestSpecs(tx, { app })).get(app)?.appFile;
  const asked = {
    app,
    ...(name !== undefined && { title: titleOfEnvironment(files, name) }),
    action: { kind: 'remove' } as const,
  };
  if (!mayRemove) return failed(notYours(asked, owned.owner));
  if (name !== undefined && releases.size === 0) {
    const found = findEnvironment(files, { app, content: { appFile } }, name);
    return found.ok ? failed(nothingToOperate(asked)) : found;
  }
  const resolved = resolveEnvironments([...files], appFile);
  const known = resolved.ok ? resolved.value : [];
  const order = (environment: string) =>
    known.findIndex(each => each.name === environment);
  const environments = await placesOf(tx, releases, of);
  environments.sort((a, b) => order(a.environment) - order(b.environment));
  const data = await findDataLeft(
    environments.map(({ environment, clusters }) => ({
      app,
      environment,
      from: clusters.map(({ cluster }) => cluster),
      to: [],
      gone: [],
    })),
    { deps: { ...context.deps, knex: tx } },
  );
  const [newest] = await findReleases(tx, app, { limit: 1 });
  const builds = (await findBuildsOf(tx, app)).filter(
    ({ state }) => state === 'pending',
  );
  const answer = describeRemoval({
    app,
    owner: owned.owner,
    from:
      name === undefined
        ? { kind: 'app' }
        : { kind: 'environment', isFirst: known[0]?.name === name },
    environments,
    data,
    releases: newest?.number ?? 0,
    builds: builds.length,
  });
  return ok({ answer, owned, releases });
}

/** Clusters of each environment where it is desired. */
async function placesOf(
  tx: Knex,
  releases: ReadonlyMap<string, number>,
  {
    request: { app },
    statuses,
    context,
  }: {
    request: RemovalRequest;
    statuses: (cluster: string) => ClusterStatus;
    context: FactReader;
  },
): Promise<AppRemoval['environments']> {
  const deployments = await findDeployments(tx, { app });
  return [...releases].map(([environment, release]) => ({
    environment,
    title: titleOfEnvironment(context.deps.platform.environments, environment),
    release,
    clusters: deployments.flatMap(({ key, state }) =>
      key.kind === 'app' && key.environment === environment
        ? [
            {
              cluster: key.cluster,
              freshness: statuses(key.cluster).freshness,
              instances: state.instances.wanted,
            },
          ]
        : [],
    ),
  }));
}
