import {
  type Settings,
  findLackingSettings,
  listNeededSettings,
  settingsLacking,
} from '@callboard/plugin-callboard-core';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { loadSettings } from '../../reconcile/settings/loadSettings';
import type { FactReader } from '../../reconcile/roles';
import type {
  AppDeploymentKey,
  DeploymentRecord,
  ReleaseRecord,
} from '../../store';

/** Two releases of an app in an environment, of which one may be the current one. */
export interface ComparedReleases {
  app: string;
  environment: string;
  before: ReleaseRecord | undefined;
  after: ReleaseRecord;
  /** Where `before` is the release of the environment: its deployments on clusters. */
  there?: ReadonlyArray<DeploymentRecord<AppDeploymentKey>>;
}

/** The settings that each release has on a cluster. */
export interface SettingsOfDiff {
  before(cluster: string): Settings | undefined;
  after: Settings | undefined;
}

/**
 * The settings that clusters have, which a rollout may not have updated yet,
 * and those that they would get: the current ones.
 *
 * @returns the reason to refuse a promotion, where a release reads a setting
 *   that does not exist
 */
export async function settingsOfDiff(
  { app, environment, before, after, there }: ComparedReleases,
  { deps: { knex, platform } }: FactReader,
): Promise<Result<SettingsOfDiff>> {
  const key = { app, environment };
  const newest = await loadSettings(knex, key, Infinity);
  for (const release of [after, ...(before && !there ? [before] : [])]) {
    const needed = listNeededSettings(release.content, environment);
    const lacking = findLackingSettings(needed, newest);
    if (lacking.length === 0) continue;
    const title = titleOfEnvironment(platform.environments, environment);
    const what = `Cannot say what release ${after.number} of "${app}" changes in ${title}`;
    return failed(settingsLacking(lacking, { what, title }));
  }
  const byVersion = new Map<number | undefined, Settings | undefined>();
  const byCluster = new Map<string, Settings | undefined>();
  for (const { key: at, state } of there ?? []) {
    if (state.desiredRelease !== before?.number) continue;
    const { desiredSettings: version } = state;
    if (!byVersion.has(version))
      byVersion.set(version, await loadSettings(knex, key, version));
    byCluster.set(at.cluster, byVersion.get(version));
  }
  return ok({
    before: cluster =>
      byCluster.has(cluster) ? byCluster.get(cluster) : newest,
    after: newest,
  });
}
