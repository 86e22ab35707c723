import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import {
  type NeededSetting,
  type Settings,
  type WorkloadOperation,
  findLackingSettings,
  hasResources,
  listNeededSettings,
  resolveSettings,
  restartIn,
  settingsLacking,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type AppDeploymentKey,
  type DeploymentRecord,
  type ReleaseRecord,
  findDeployment,
  findHandLabels,
  findResourceSecrets,
  findRelease,
  findSettingChanges,
  withHandLabels,
} from '../../store';
import type { ManagedCluster } from '../fleet/Fleet';
import { titleOfEnvironment } from '../placing/findEnvironment';
import { STOPPED_REPLICAS } from '../placing/sizesOf';
import { findBlueprintException } from '../blueprints/findBlueprintException';
import { atVersion } from '../blueprints/atVersion';
import type { DesireReader, FactReader } from '../roles';
import { loadSettings } from '../settings/loadSettings';
import type { RenderedDeployment } from './RenderedDeployment';
import { findSize } from './findSize';
import { provisionersOf } from './provisionersOf';
import { renderApp, renderBlueprintOf } from './renderDelivery';

/** Desired objects of a deployment on a cluster. */
export interface LoadedDeployment extends RenderedDeployment {
  /** Name of the blueprint, which a cluster may change. */
  name?: string;
  /** Clusters that must run their share first: until then this one holds more replicas than its share. */
  awaits?: string[];
}

/**
 * Reads the desired objects of a deployment on a cluster, and renders them.
 * @returns `undefined` for the blueprint of a cluster that no longer names one,
 * before its removal is recorded
 */
export async function loadDesired(
  { key, name, state }: DeploymentRecord,
  cluster: ManagedCluster,
  context: DesireReader,
): Promise<Result<LoadedDeployment> | undefined> {
  const { deps } = context;
  const { platform, builders, defaultBuilder } = deps;
  if (key.kind === 'blueprint') {
    const support = cluster.blockSupport;
    const exception = await findBlueprintException(deps, {
      cluster: key.cluster,
      blueprint: name,
    });
    const blueprint = renderBlueprintOf(
      atVersion(cluster.record, { name, version: state.desiredRelease }),
      platform,
      {
        ...(support?.kind === 'blocks' && {
          platformUser: support.platformUser,
        }),
        ...(exception && {
          exception: {
            until: exception.expiresAt,
            createdBy: exception.createdBy,
          },
        }),
      },
    );
    if (!blueprint.ok) return blueprint;
    return blueprint.value ? ok(blueprint.value) : undefined;
  }
  const release = await findRelease(deps.knex, key.app, state.desiredRelease!);
  if (!release)
    throw new Error(
      `Release ${state.desiredRelease} of "${key.app}" is wanted and not recorded`,
    );
  const settings = await settingsFor({ key, state }, release, context);
  if (!settings.ok) return settings;
  const size = await findSize({ key, state }, context);
  const baseline = await findDeployment(deps.knex, {
    kind: 'blueprint',
    cluster: key.cluster,
  });
  const byHand = await findHandLabels(deps.knex, { cluster: key.cluster });
  const rendered = renderApp(key, {
    release,
    cluster: withHandLabels(
      atVersion(
        cluster.record,
        baseline && {
          name: baseline.name,
          version: baseline.state.desiredRelease,
        },
      ),
      byHand.get(key.cluster),
    ),
    platform,
    builders,
    defaultBuilder,
    pullCredentials: deps.pullCredentials?.() ?? [],
    replicas: size.replicas,
    provisioners: provisionersOf(deps),
    ...settings.value,
    operation: await operationOf({ key, state }, settings.value, context),
    inPlace: Object.keys(state.inventory).sort(),
    secretVersions: await findSecretVersions(deps.knex, key, release),
    rendered: context.rendered,
  });
  return rendered.ok
    ? ok({ ...rendered.value, awaits: size.awaits })
    : rendered;
}

/** The operation that was set with the revision, so that a restart goes in waves as a release does. */
async function operationOf(
  { key, state }: Pick<DeploymentRecord<AppDeploymentKey>, 'key' | 'state'>,
  { settings }: { settings: Settings | undefined },
  { deps }: FactReader,
): Promise<WorkloadOperation> {
  const { desiredReplicas, desiredSettings } = state;
  const inForce =
    settings ??
    (desiredSettings === undefined
      ? undefined
      : resolveSettings(
          await findSettingChanges(deps.knex, key),
          key.environment,
          desiredSettings,
        ));
  const restart = restartIn(inForce);
  return {
    isStopped: desiredReplicas === STOPPED_REPLICAS,
    ...(restart !== undefined && { restart }),
  };
}

/** Settings of a release; a problem where the release reads one that is not set. */
async function settingsFor(
  { key, state }: Pick<DeploymentRecord<AppDeploymentKey>, 'key' | 'state'>,
  { app, number, content }: ReleaseRecord,
  { deps }: FactReader,
): Promise<
  Result<{ settings: Settings | undefined; needed: NeededSetting[] }>
> {
  const { environment } = key;
  const needed = listNeededSettings(content, environment);
  if (needed.length === 0) return ok({ settings: undefined, needed });
  const settings = await loadSettings(deps.knex, key, state.desiredSettings);
  const lacking = findLackingSettings(needed, settings);
  const title = titleOfEnvironment(deps.platform.environments, environment);
  return lacking.length === 0
    ? ok({ settings, needed })
    : failed(
        settingsLacking(lacking, {
          what: `Cannot run release ${number} of "${app}" in ${title}`,
          title,
        }),
      );
}

/** Versions of rotated secrets; most apps have none. */
async function findSecretVersions(
  knex: Knex,
  of: { app: string; environment: string },
  { content }: ReleaseRecord,
): Promise<Record<string, number>> {
  if (!hasResources(content.workloads)) return {};
  const secrets = await findResourceSecrets(knex, of);
  return Object.fromEntries(
    [...secrets.values()]
      .filter(({ version }) => version > 1)
      .map(({ resource, version }) => [resource, version]),
  );
}
