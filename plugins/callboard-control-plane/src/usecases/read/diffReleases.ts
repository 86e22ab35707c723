import { setImmediate } from 'node:timers/promises';
import {
  type ClusterChange,
  diffObjects,
  listNeededSettings,
  type ObjectChange,
  type Settings,
  summarizeDiff,
} from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type PlacementDecision,
  type ReleaseDiff,
  type Result,
  type TaskRun,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { RenderedDeployment } from '../../reconcile/delivery/RenderedDeployment';
import { provisionersOf } from '../../reconcile/delivery/provisionersOf';
import { RenderedApps } from '../../reconcile/delivery/RenderedApps';
import { renderApp } from '../../reconcile/delivery/renderDelivery';
import { decideFor } from '../../reconcile/placing/decideFor';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { readFleet } from '../../reconcile/placing/readFleet';
import { sizesOf } from '../../reconcile/placing/sizesOf';
import type { ReleaseJudge } from '../../reconcile/roles';
import {
  type EnvironmentOperationRecord,
  type ReleaseRecord,
  type ReleaseTaskRecord,
  findApp,
  findClusters,
  findDeploymentsIn,
  findEnvironmentRelease,
  findFailovers,
  findOperation,
  findPlacement,
  findRelease,
  findReleaseTasks,
} from '../../store';
import type { ReleaseDiffQuestion } from '../ControlPlane';
import { appMissing, releaseMissing } from '../problems';
import { dataOfDiff } from './dataOfDiff';
import { settingsOfDiff } from './settingsOfDiff';

/** Clusters of a release, with their share where replicas are divided. */
type Places = ReadonlyMap<string, { replicas?: number }>;

const NOTHING: readonly KubeObject[] = [];

/**
 * Compares the objects on clusters if one release replaced another in an
 * environment: where each of them runs, or would run now, with the renderer
 * that clusters use. The current release has the settings that each cluster
 * has; another one would get the current settings. Changes nothing.
 */
export async function diffReleases(
  of: ReleaseDiffQuestion,
  context: ReleaseJudge,
): Promise<Result<ReleaseDiff>> {
  // observe
  const { deps } = context;
  const { app, environment } = of;
  const key = { app, environment };
  if (!(await findApp(deps.knex, app))) return failed(appMissing(app));
  const current = (await findEnvironmentRelease(deps.knex, key))?.release;
  const from = of.from ?? current;
  const after = await findRelease(deps.knex, app, of.release);
  if (!after) return failed(releaseMissing(of));
  const before =
    from === undefined ? undefined : await findRelease(deps.knex, app, from);
  if (from !== undefined && !before)
    return failed(releaseMissing({ app, release: from }));
  const fleet = await readFleet(context);
  const previous = await findPlacement(deps.knex, key);
  const failovers = (await findFailovers(deps.knex, { app })).filter(
    each => each.environment === environment,
  );
  const operation = await findOperation(deps.knex, key);
  const clusters = await findClusters(deps.knex);
  const deployments = await findDeploymentsIn(deps.knex, key);
  const inPlace = new Map(
    deployments.map(({ key: at, state }) => [
      at.cluster,
      Object.keys(state.inventory).sort(),
    ]),
  );
  const settings = await settingsOfDiff(
    {
      ...key,
      before,
      after,
      ...(from === current && { there: deployments }),
    },
    context,
  );
  if (!settings.ok) return settings;
  const started = await findReleaseTasks(deps.knex, {
    ...key,
    release: after.number,
  });

  // decide
  const placesOf = (release: ReleaseRecord): Result<Places> => {
    if (previous && release.number === current)
      return ok(toPlaces(previous.decision, operation));
    const decided = decideFor(
      {
        release,
        environment,
        previous,
        failovers,
        replicas: operation?.replicas,
      },
      fleet,
    );
    return decided.ok
      ? ok(toPlaces(decided.value.decision, operation))
      : decided;
  };
  const was = before ? placesOf(before) : ok(new Map() as Places);
  if (!was.ok) return was;
  const will = placesOf(after);
  if (!will.ok) return will;

  // render and compare
  const rendered = new RenderedApps(); // not among what runs
  const compare = compareOnce();
  const changes: ClusterChange[] = [];
  const parts = { before: [] as Part[], after: [] as Part[] };
  for (const cluster of clusters) {
    const render = (
      release: ReleaseRecord | undefined,
      share: { replicas?: number } | undefined,
      set: Settings | undefined,
    ) =>
      release && share
        ? renderApp(
            { kind: 'app', ...key, cluster: cluster.name },
            {
              // The release number alone is not a change.
              release: { ...release, number: after.number },
              cluster,
              platform: deps.platform,
              builders: deps.builders,
              defaultBuilder: deps.defaultBuilder,
              pullCredentials: deps.pullCredentials?.() ?? [],
              ...share,
              provisioners: provisionersOf(deps),
              settings: set,
              needed: listNeededSettings(release.content, environment),
              secretVersions: {},
              inPlace: inPlace.get(cluster.name) ?? [],
              operation: { isStopped: operation?.state === 'stopped' },
              rendered,
            },
          )
        : undefined;
    const { name } = cluster;
    const old = render(
      before,
      was.value.get(name),
      settings.value.before(name),
    );
    const fresh = render(after, will.value.get(name), settings.value.after);
    if (old && !old.ok) return old;
    if (fresh && !fresh.ok) return fresh;
    if (!old && !fresh) continue;
    parts.before.push(...(old?.value.parts ?? []));
    parts.after.push(...(fresh?.value.parts ?? []));
    changes.push({
      cluster: cluster.name,
      objects: compare(
        old?.value.objects ?? NOTHING,
        fresh?.value.objects ?? NOTHING,
      ),
    });
    await setImmediate(); // lets other work run
  }
  return ok(
    summarizeDiff(
      {
        environment,
        ...(from !== undefined && { from }),
        release: of.release,
      },
      changes,
      {
        tasks: tasksOf(parts, started),
        data:
          before && from === current
            ? dataOfDiff(
                {
                  before,
                  after,
                  title: titleOfEnvironment(
                    deps.platform.environments,
                    environment,
                  ),
                },
                deployments,
                {
                  was: new Set(was.value.keys()),
                  will: new Set(will.value.keys()),
                },
              )
            : [],
      },
    ),
  );
}

type Part = RenderedDeployment['parts'][number];

/** Tasks that a release has not completed in the environment. */
function tasksOf(
  { before, after }: { before: readonly Part[]; after: readonly Part[] },
  started: readonly ReleaseTaskRecord[],
): TaskRun[] {
  const tasks = new Map<string, TaskRun>();
  for (const { name, phase } of after) {
    if (phase !== 'before-release' && phase !== 'after-release') continue;
    const hasRun = started.some(
      ({ workload, hasSucceeded }) => hasSucceeded && workload === name,
    );
    const again = before.some(part => part.name === name);
    if (!hasRun) tasks.set(name, { workload: name, phase, again });
  }
  return [...tasks.values()];
}

function toPlaces(
  decision: PlacementDecision,
  operation: EnvironmentOperationRecord | undefined,
): Places {
  const sizes = sizesOf(decision, operation);
  return new Map(
    decision.chosen.map(cluster => {
      const replicas = sizes.get(cluster);
      return [cluster, replicas === undefined ? {} : { replicas }];
    }),
  );
}

/** Most clusters have the same objects: each rendered result is compared once. */
function compareOnce() {
  const known = new Map<
    readonly KubeObject[],
    Map<readonly KubeObject[], ObjectChange[]>
  >();
  return (
    before: readonly KubeObject[],
    after: readonly KubeObject[],
  ): ObjectChange[] => {
    const byAfter = known.get(before) ?? new Map();
    known.set(before, byAfter);
    const changes = byAfter.get(after) ?? diffObjects(before, after);
    byAfter.set(after, changes);
    return changes;
  };
}
