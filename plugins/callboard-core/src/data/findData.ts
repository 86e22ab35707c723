import {
  type ScoreWorkload,
  isDataKind,
} from '@callboard/plugin-callboard-common';
import { ownerName } from '../render/kinds/renderRunner';
import { compareText } from '../placement/selectors';
import { type AppResource, listResources } from '../render/resources';
import { isNamedFor } from '../render/resources/nameObjects';

const SET = 'apps/v1/StatefulSet';

/** Operators that keep claims when their resource is deleted. */
const KEEPS_CLAIMS = /^(pxc|psmdb)\.percona\.com\//;

/** A resource of an app that keeps data on a cluster. */
export interface AppData extends AppResource {
  /**
   * Objects of an operator that hold it, by their kubectl names; claims with
   * the label of the resource where absent.
   */
  objects?: string[];
  /** Owner of claims that the operator keeps when it is deleted, by the label `app.kubernetes.io/instance`. */
  instance?: string;
}

/**
 * Finds the resources of an app that keep data on a cluster, from the applied
 * objects: claims, objects of operators, and stateful sets, for which
 * Kubernetes creates claims itself.
 *
 * @param inventory - of the objects that the app has on the cluster, by
 *   `refKey`
 */
export function findData(
  workloads: readonly ScoreWorkload[],
  inventory: readonly string[],
): AppData[] {
  const objects = inventory.map(readRefKey);
  const sets = new Set(
    objects
      .filter(({ apiVersion, kind }) => `${apiVersion}/${kind}` === SET)
      .map(({ name }) => name),
  );
  const keeping = objects.filter(isDataKind);
  return listResources(workloads).flatMap((each): AppData[] => {
    const made = keeping.filter(({ name }) => isNamedFor(each.resource, name));
    const keeper = made.find(({ apiVersion }) => KEEPS_CLAIMS.test(apiVersion));
    if (made.length > 0)
      return [
        {
          ...each,
          objects: made.map(nameForKubectl).sort(compareText),
          ...(keeper && { instance: keeper.name }),
        },
      ];
    const hasClaims =
      sets.has(each.resource) ||
      (each.type === 'volume' &&
        workloads.some(
          workload =>
            keepsVolume(workload, each) &&
            sets.has(ownerName(workload.metadata.name)),
        ));
    return hasClaims ? [each] : [];
  });
}

/** Returns whether any object of an inventory may keep data: most apps have none. */
export function mayHoldData(inventory: readonly string[]): boolean {
  return inventory
    .map(readRefKey)
    .some(ref => isDataKind(ref) || `${ref.apiVersion}/${ref.kind}` === SET);
}

/** An ephemeral volume is deleted with its instance. */
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

interface ObjectName {
  apiVersion: string;
  kind: string;
  name: string;
}

/** `cluster.postgresql.cnpg.io/web-db-1a2b3c4d` */
function nameForKubectl({ apiVersion, kind, name }: ObjectName): string {
  const [group, version] = apiVersion.split('/');
  const type = version === undefined ? kind : `${kind}.${group}`;
  return `${type.toLowerCase()}/${name}`;
}

/** The version of an API may contain a slash. */
function readRefKey(key: string): ObjectName {
  const [name = '', , kind = '', ...version] = key.split('/').reverse();
  return { apiVersion: version.reverse().join('/'), kind, name };
}
