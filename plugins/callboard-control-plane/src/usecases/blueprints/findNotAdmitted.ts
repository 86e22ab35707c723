import type {
  BlueprintWhatIf,
  GuardRails,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import {
  dividesReplicas,
  findBreaches,
  needsOf,
  replicasFor,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type { Platform } from '../../Platform';
import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import {
  type ReleaseWorkloads,
  ReleaseWorkloadsCache,
} from '../../reconcile/placing/ReleaseWorkloads';
import { type DesiredDeploymentRow, findDesiredDeployments } from '../../store';

type Found = Pick<BlueprintWhatIf, 'notAdmitted' | 'hidden'>;

/**
 * Apps on these clusters that violate guard rails, each once per environment;
 * those that the caller may not see are only counted.
 */
export async function findNotAdmitted(
  {
    clusters,
    guardRails,
    onlyApps,
  }: {
    clusters: readonly string[];
    guardRails: GuardRails;
    onlyApps: readonly string[] | undefined;
  },
  deps: { knex: Knex; platform: Platform },
): Promise<Found> {
  if (Object.keys(guardRails).length === 0)
    return { notAdmitted: [], hidden: 0 };
  const concerned = new Set(clusters);
  const places = (await findDesiredDeployments(deps.knex)).filter(
    ({ cluster }) => concerned.has(cluster),
  );
  const releases = await new ReleaseWorkloadsCache().read(deps.knex, places);
  const visible = onlyApps && new Set(onlyApps);
  const found = new Map<string, Found['notAdmitted'][number]>();
  for (const place of places) {
    const { app, environment, cluster } = place;
    const release = releases.get(`${app}/${place.release}`);
    if (!release) continue;
    const breaches = findBreaches(guardRails, {
      demands: release.demands,
      needs: needsOn(place, release, deps),
    });
    if (breaches.length === 0) continue;
    const key = `${app}/${environment}`;
    const known = found.get(key);
    if (known) known.clusters.push(cluster);
    else
      found.set(key, {
        app,
        environment,
        clusters: [cluster],
        why: breaches.map(({ why }) => why).join('; '),
        next: [...new Set(breaches.map(({ next }) => next))].join('. '),
      });
  }
  const all = [...found.keys()].sort().map(key => found.get(key)!);
  const notAdmitted = all.filter(({ app }) => !visible || visible.has(app));
  const named = countApps(notAdmitted);
  return { notAdmitted, hidden: countApps(all) - named };
}

function countApps(of: Found['notAdmitted']): number {
  return new Set(of.map(({ app }) => app)).size;
}

function needsOn(
  { app, environment: name, replicas }: DesiredDeploymentRow,
  release: ReleaseWorkloads,
  { platform }: { platform: Platform },
): ResourceAmounts | undefined {
  const environment = findEnvironment(
    platform.environments,
    { app, content: release },
    name,
  );
  if (!environment.ok || dividesReplicas(environment.value.placement))
    return undefined;
  return needsOf(
    release.workloads,
    replicas ?? replicasFor(environment.value, {}),
  );
}
