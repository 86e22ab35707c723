import {
  type BlueprintAddonView,
  type BlueprintOnCluster,
  type BlueprintVersionDetails,
  type Problem,
  type Result,
  blueprintOfCluster,
  countOf,
  ok,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import {
  type ResolvedAddon,
  describeDriftPolicy,
  describeGuardRails,
  isBlockIn,
  shownHealth,
} from '@callboard/plugin-callboard-core';
import { type DeploymentRecord, findExceptions } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import type { FleetSnapshot } from '../read/FleetSnapshot';
import type { BlueprintReader } from '../../reconcile/roles';
import { type ReadContext, look } from '../read/SnapshotCache';
import { describeFollowing } from './describeFollowing';
import { versionOn } from './listBlueprints';
import { resolveAnyVersion } from './resolveAnyVersion';

/** What a version inherits and contains, the state of its add-ons over the fleet, and where it runs. */
export async function getBlueprintVersion(
  of: { blueprint: string; version: number },
  context: ReadContext & BlueprintReader,
  options: ReadOptions = {},
): Promise<Result<BlueprintVersionDetails>> {
  const { snapshot } = await look(context, options);
  const { blueprint: name, version } = of;
  const { blueprints } = snapshot.platform;
  const found = resolveAnyVersion(blueprints, { name, version });
  if (!found.ok) return found;
  const { file, resolved } = found.value;
  const { metadata, spec } = file;
  const exceptions = (
    await findExceptions(context.deps.knex, {
      at: snapshot.now,
      kind: 'blueprint',
    })
  ).filter(each => each.name === name);
  const baselines = [...snapshot.deploymentsOn.values()]
    .flat()
    .filter(each => each.key.kind === 'blueprint' && each.name === name);
  const here = baselines.filter(each => versionOn(each) === version);
  const clusters = baselines
    .filter(
      each =>
        versionOn(each) === version || each.state.desiredRelease === version,
    )
    .map(each => ({
      ...toCluster(each, snapshot),
      changes: describeDriftPolicy(resolved.drift, {
        isBlocked: isBlockIn(each.state.inventory),
        kubernetes: snapshot.facts.get(each.key.cluster)?.version,
        exception: exceptions
          .filter(({ target }) => target === each.key.cluster)
          .map(({ expiresAt: until, createdBy }) => ({ until, createdBy }))
          .at(-1),
      }),
    }));
  const problem = options.at ? undefined : faultOf(of, context);
  return ok({
    name,
    title: metadata.title ?? name,
    ...(metadata.description !== undefined && {
      description: metadata.description,
    }),
    version,
    state: spec.state,
    channels: spec.channels ?? [],
    sentence: describeVersion(version, here),
    drift: resolved.drift,
    guardRails: describeGuardRails(resolved.apps),
    inherits: resolved.bases,
    addons: resolved.addons.map(addon => toAddon(addon, here, snapshot)),
    clusters,
    ...(problem && { problem }),
  });
}

function faultOf(
  { blueprint, version }: { blueprint: string; version: number },
  { blueprints }: BlueprintReader,
): Problem | undefined {
  return blueprints.faults.find(
    each => each.name === blueprint && each.version === version,
  )?.problem;
}

/** `Version 3 runs on 4 clusters, without drift`, without full stop. */
function describeVersion(
  version: number,
  here: readonly DeploymentRecord[],
): string {
  if (here.length === 0) return `Version ${version} runs on no cluster`;
  const drifted = here.filter(({ state }) => state.drift.length > 0).length;
  return `Version ${version} runs on ${countOf(here.length, 'cluster')}, ${
    drifted === 0
      ? 'without drift'
      : `${drifted} of which ${pluralOf(drifted, 'differs', 'differ')} from it`
  }`;
}

function toAddon(
  { name, description, from, fromVersion, replaces, objects }: ResolvedAddon,
  here: readonly DeploymentRecord[],
  snapshot: FleetSnapshot,
): BlueprintAddonView {
  const health: Record<string, number> = {};
  for (const { key, state } of here) {
    const part = state.parts.find(each => each.name === name);
    if (!part) continue;
    const { freshness, observedAt } = snapshot.clusterStatusOf(key.cluster);
    const { status } = shownHealth(
      part.health,
      freshness,
      observedAt,
      snapshot.now,
    );
    health[status] = (health[status] ?? 0) + 1;
  }
  return {
    name,
    ...(description !== undefined && { description }),
    from: { name: from, version: fromVersion },
    replaces,
    objects: objects.map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      ...(metadata.namespace !== undefined && {
        namespace: metadata.namespace,
      }),
      name: metadata.name,
    })),
    health,
  };
}

function toCluster(
  { key: { cluster }, name, state }: DeploymentRecord,
  snapshot: FleetSnapshot,
): Omit<BlueprintOnCluster, 'changes'> {
  const { freshness, observedAt } = snapshot.clusterStatusOf(cluster);
  const record = snapshot.clusters.get(cluster);
  const ref = record && blueprintOfCluster(record.file);
  return {
    cluster,
    shall: state.desiredRelease ?? 0,
    runs: state.observedRelease ?? null,
    follows: describeFollowing(ref ?? { name }, record?.assignment?.by),
    drift: state.drift.length,
    health: shownHealth(state.health, freshness, observedAt, snapshot.now),
  };
}
