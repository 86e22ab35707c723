import { setImmediate } from 'node:timers/promises';
import {
  type PolicyTrial,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  describePolicyFinding,
  describeTrial,
  judgePolicies,
  policiesFor,
} from '@callboard/plugin-callboard-core';
import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import type { FactReader, ReleaseRenderer } from '../../reconcile/roles';
import {
  type AppRecord,
  type ClusterRecord,
  type EnvironmentChangeRecord,
  countEnvironmentChanges,
  findApps,
  findClusters,
  findDesiredDeployments,
  findEnvironmentChanges,
  findRelease,
} from '../../store';
import { subjectOf } from './judgeRelease';
import { policyMissing } from './problems';

const DAY_MS = 24 * 60 * 60_000;
const MOST_CHANGES = 2_000; // a few milliseconds each; older ones are left out, and the answer says so
const MOST_LISTED = 100;

/**
 * Returns what a policy would have refused in the last days, had it denied:
 * releases that were deployed to environments, judged with the current files
 * and on the clusters where each app runs now. Exceptions do not count. Changes
 * nothing.
 */
export async function tryPolicy(
  {
    policy,
    days,
    onlyApps,
  }: { policy: string; days: number; onlyApps?: readonly string[] },
  { deps }: ReleaseRenderer,
): Promise<Result<PolicyTrial>> {
  const { knex, platform, clock } = deps;
  const file = platform.policies?.find(
    ({ metadata }) => metadata.name === policy,
  );
  if (!file) return failed(policyMissing(policy, platform.policies ?? []));
  const now = clock.now();
  const since = new Date(now.getTime() - days * DAY_MS);
  const all = await findEnvironmentChanges(knex, { since, most: MOST_CHANGES });
  const leftOut = (await countEnvironmentChanges(knex, { since })) - all.length;
  const apps = new Map((await findApps(knex)).map(app => [app.name, app]));
  const clustersOf = await findClustersByApp(deps);

  const known = new Map<string, string | undefined>();
  const judge = async (change: EnvironmentChangeRecord, app: AppRecord) => {
    const { environment, release } = change;
    const key = `${app.name}/${environment}/${release}`;
    if (known.has(key)) return known.get(key);
    const record = await findRelease(knex, app.name, release);
    const found =
      record && findEnvironment(platform.environments, record, environment);
    const [verdict] =
      record && found?.ok
        ? judgePolicies(
            [file],
            subjectOf(
              {
                app,
                release: record,
                environment: found.value,
                clusters: clustersOf(app.name, environment),
              },
              deps,
            ),
            { now },
          )
        : [];
    const message = verdict && describePolicyFinding(verdict.findings[0]);
    known.set(key, message);
    await setImmediate(); // lets other work run
    return message;
  };

  const items: PolicyTrial['items'] = [];
  let changes = 0;
  for (const change of all) {
    const app = apps.get(change.app);
    const { environment, release, by, at } = change;
    const isShown = onlyApps?.includes(change.app) ?? true;
    if (!app || !isShown) continue;
    changes += 1;
    if (
      policiesFor([file], { app, environment: { name: environment } })
        .length === 0
    )
      continue;
    const message = await judge(change, app);
    if (message !== undefined)
      items.push({
        app: app.name,
        environment,
        release,
        at: at.toISOString(),
        by,
        message,
      });
  }
  return ok({
    days,
    changes,
    refused: items.length,
    ...(leftOut > 0 && { leftOut }),
    sentence: describeTrial(days, changes, items),
    items: items.slice(0, MOST_LISTED),
  });
}

async function findClustersByApp({
  knex,
}: FactReader['deps']): Promise<
  (app: string, environment: string) => ClusterRecord[]
> {
  const clusters = new Map(
    (await findClusters(knex)).map(cluster => [cluster.name, cluster]),
  );
  const places = await findDesiredDeployments(knex);
  return (app, environment) =>
    places.flatMap(place => {
      const cluster =
        place.app === app && place.environment === environment
          ? clusters.get(place.cluster)
          : undefined;
      return cluster ? [cluster] : [];
    });
}
