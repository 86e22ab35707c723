import {
  type ScoreWorkload,
  isDataKind,
} from '@callboard/plugin-callboard-common';
import { ownerName } from '../render/kinds/renderRunner';
import { type AppResource, listResources } from '../render/resources';

const SET = 'apps/v1/StatefulSet';

/**
 * The resources of an app that keep data on a cluster, by what was applied
 * there: claims, what an operator makes, and stateful sets, whose claims
 * Kubernetes makes by itself.
 *
 * @param inventory - of the objects that the app has on the cluster, by `refKey`
 */
export function findData(
  workloads: readonly ScoreWorkload[],
  inventory: readonly string[],
): AppResource[] {
  const objects = inventory.map(readRefKey);
  const sets = new Set(
    objects
      .filter(({ apiVersion, kind }) => `${apiVersion}/${kind}` === SET)
      .map(({ name }) => name),
  );
  const keeping = objects.filter(isDataKind).map(({ name }) => name);
  return listResources(workloads).filter(
    each =>
      sets.has(each.resource) ||
      keeping.some(
        name => name === each.resource || name.startsWith(`${each.resource}-`),
      ) ||
      (each.type === 'volume' &&
        workloads.some(
          workload =>
            keepsVolume(workload, each) &&
            sets.has(ownerName(workload.metadata.name)),
        )),
  );
}

/** Whether any object of an inventory may keep data: most apps have none. */
export function mayHoldData(inventory: readonly string[]): boolean {
  return inventory
    .map(readRefKey)
    .some(ref => isDataKind(ref) || `${ref.apiVersion}/${ref.kind}` === SET);
}

/** A volume that an instance has for itself is gone with it. */
function keepsVolume(
  { metadata, resources = {} }: ScoreWorkload,
  { name, type, workloads }: AppResource,
): boolean {
  return (
    workloads.includes(metadata.name) &&
    Object.entries(resources).some(
      ([local, asked]) =>
        asked.type === type &&
        (asked.id ?? local) === name &&
        String(asked.params?.ephemeral) !== 'true',
    )
  );
}

/** The version of an API may hold a slash. */
function readRefKey(key: string): {
  apiVersion: string;
  kind: string;
  name: string;
} {
  const [name = '', , kind = '', ...version] = key.split('/').reverse();
  return { apiVersion: version.reverse().join('/'), kind, name };
}
