import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type DeploymentRecord,
  type ReleaseRecord,
  findHandLabels,
  findResourceSecrets,
  findRelease,
  withHandLabels,
} from '../../store';
import type { ManagedCluster } from '../fleet/Fleet';
import type { ReconcileContext } from '../ReconcileContext';
import type { DesiredDelivery } from './DesiredDelivery';
import { findSize } from './findSize';
import { provisionersOf } from './provisionersOf';
import { renderApp, renderBlueprintOf } from './renderDelivery';

/** What a cluster shall hold for a deployment that is wanted there. */
export interface LoadedDelivery extends DesiredDelivery {
  /** Of the blueprint, which a cluster may change. */
  name?: string;
  /** Clusters that must run their share first: until then it holds more copies than it shall have. */
  awaits?: string[];
}

/**
 * Reads what a cluster shall hold for a deployment that is wanted there, and
 * renders it. @returns `undefined` for the blueprint of a cluster that names
 * none any more, before the record says that it is to be removed
 */
export async function loadDesired(
  { key, state }: DeploymentRecord,
  cluster: ManagedCluster,
  context: ReconcileContext,
): Promise<Result<LoadedDelivery> | undefined> {
  const { deps } = context;
  const { platform, builders, defaultBuilder } = deps;
  if (key.kind === 'blueprint') {
    const blueprint = renderBlueprintOf(cluster.record, platform);
    if (!blueprint.ok) return blueprint;
    return blueprint.value ? ok(blueprint.value) : undefined;
  }
  const release = await findRelease(deps.knex, key.app, state.desiredRelease!);
  if (!release)
    throw new Error(
      `Release ${state.desiredRelease} of "${key.app}" is wanted and not recorded`,
    );
  const size = await findSize({ key, state }, context);
  const byHand = await findHandLabels(deps.knex, { cluster: key.cluster });
  const rendered = renderApp(key, {
    release,
    cluster: withHandLabels(cluster.record, byHand.get(key.cluster)),
    platform,
    builders,
    defaultBuilder,
    pullCredentials: deps.pullCredentials?.() ?? [],
    replicas: size.replicas,
    provisioners: provisionersOf(deps),
    inPlace: Object.keys(state.inventory).sort(),
    secretVersions: await findSecretVersions(deps.knex, key, release),
    rendered: context.rendered,
  });
  return rendered.ok
    ? ok({ ...rendered.value, awaits: size.awaits })
    : rendered;
}

/** Of secrets that were rotated; most apps have none. */
async function findSecretVersions(
  knex: Knex,
  of: { app: string; environment: string },
  { content }: ReleaseRecord,
): Promise<Record<string, number>> {
  const isAsked = content.workloads.some(
    ({ resources = {} }) => Object.keys(resources).length > 0,
  );
  if (!isAsked) return {};
  const secrets = await findResourceSecrets(knex, of);
  return Object.fromEntries(
    [...secrets.values()]
      .filter(({ version }) => version > 1)
      .map(({ resource, version }) => [resource, version]),
  );
}
