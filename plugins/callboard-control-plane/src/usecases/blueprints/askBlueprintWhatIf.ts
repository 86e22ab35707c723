import {
  type BlueprintWhatIf,
  type KubeObject,
  type Result,
  countOf,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type ObjectChange,
  type ResolvedBlueprint,
  diffObjects,
  renderBlueprint,
  showObjectChanges,
} from '@callboard/plugin-callboard-core';
import { observeBlueprint } from '../../reconcile/blueprints/observeBlueprint';
import type { FactReader } from '../../reconcile/roles';
import { findNotAdmitted } from './findNotAdmitted';
import { resolveAnyVersion } from './resolveAnyVersion';

type Group = BlueprintWhatIf['groups'][number];
type AddonChange = Group['addons'][number];

/**
 * Computes what a rollout of a version would change on the clusters that follow
 * it, compared with the desired version of each; also for drafts. Queries no
 * cluster.
 */
export async function askBlueprintWhatIf(
  of: { blueprint: string; version: number; onlyApps?: readonly string[] },
  { deps }: FactReader,
): Promise<Result<BlueprintWhatIf>> {
  const { blueprint: name, version } = of;
  const { blueprints } = deps.platform;
  const found = resolveAnyVersion(blueprints, { name, version });
  if (!found.ok) return found;
  const { file, resolved } = found.value;
  const { groups: followers, baselines } = await observeBlueprint(
    deps.knex,
    { decisionGroups: [] },
    { file, clusterStatusOf: () => ({ freshness: 'stale' }) },
  );
  const clusters = followers.flatMap(group => group.clusters).sort();
  const byVersion = new Map<number | null, string[]>();
  for (const cluster of clusters) {
    const current = baselines.get(cluster);
    const from =
      current?.name === name ? current.state.desiredRelease ?? null : null;
    byVersion.set(from, [...(byVersion.get(from) ?? []), cluster]);
  }
  const groups = [...byVersion]
    .filter(([from]) => from !== version)
    .sort(([a], [b]) => (b ?? 0) - (a ?? 0))
    .map(([from, members]): Group => {
      const before = from
        ? resolveAnyVersion(blueprints, { name, version: from })
        : undefined;
      const former = before?.ok ? before.value.resolved : undefined;
      const changes = diffObjects(objectsOf(former), objectsOf(resolved));
      return {
        clusters: members,
        from,
        addons: compareAddons(former, resolved),
        ...showObjectChanges(changes),
      };
    });
  const { notAdmitted, hidden } = await findNotAdmitted(
    { clusters, guardRails: resolved.apps, onlyApps: of.onlyApps },
    deps,
  );
  return ok({
    name,
    version,
    sentence: describe(
      version,
      clusters,
      groups,
      new Set(notAdmitted.map(({ app }) => app)).size + hidden,
    ),
    clusters,
    groups,
    notAdmitted,
    hidden,
  });
}

function objectsOf(blueprint: ResolvedBlueprint | undefined): KubeObject[] {
  return blueprint
    ? renderBlueprint(blueprint).flatMap(({ objects }) => objects)
    : [];
}

function compareAddons(
  before: ResolvedBlueprint | undefined,
  after: ResolvedBlueprint,
): AddonChange[] {
  const objects = (of: ResolvedBlueprint | undefined, addon: string) =>
    of?.addons.find(({ name }) => name === addon)?.objects;
  const names = new Set(
    [...(before?.addons ?? []), ...after.addons].map(({ name }) => name),
  );
  return [...names].sort().flatMap((name): AddonChange[] => {
    const was = objects(before, name);
    const is = objects(after, name);
    if (!was) return [{ name, change: 'added' }];
    if (!is) return [{ name, change: 'removed' }];
    return diffObjects(was, is).length > 0 ? [{ name, change: 'changed' }] : [];
  });
}

function describe(
  version: number,
  clusters: readonly string[],
  groups: readonly Group[],
  broken: number,
): string {
  if (clusters.length === 0) return `No cluster follows version ${version}`;
  const affected = groups.flatMap(group => group.clusters).length;
  if (affected === 0)
    return `Version ${version} changes nothing: all clusters that follow it have it`;
  const count = (change: ObjectChange['change']) =>
    new Set(
      groups
        .flatMap(({ objects }) => objects)
        .filter(each => each.change === change)
        .map(({ kind, name }) => `${kind}/${name}`),
    ).size;
  const parts = (['added', 'changed', 'removed'] as const)
    .filter(change => count(change) > 0)
    .map(change => `${countOf(count(change), 'object')} ${change}`);
  return `Version ${version} goes to ${countOf(affected, 'cluster')}: ${
    parts.length === 0 ? 'no object changes' : parts.join(', ')
  }${
    broken === 0
      ? ''
      : `; ${countOf(broken, 'app')} there would no longer be admitted`
  }`;
}
