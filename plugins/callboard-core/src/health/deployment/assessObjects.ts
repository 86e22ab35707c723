import {
  type Health,
  type KubeObject,
  LABELS,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { assessHealth } from '../assessHealth';
import { textAt } from '../fields';
import { rollUpHealth } from '../rollUpHealth';
import { isWorkload } from '../workloadKinds';
import { assessDeployment } from './assessDeployment';
import { observeObject } from './observeObject';
import type { DesiredPart } from './types';

/**
 * Assesses objects of which the applied state is not known: the objects
 * themselves count as desired, and `assessDeployment` judges them. Instances
 * belong to their controller, where it is among the objects. The order of the
 * objects does not matter.
 */
export function assessObjects(
  objects: readonly KubeObject[],
  now: Date,
): Health {
  const known = objects
    .filter(({ kind }) => kind !== 'Node') // evidence only, not part of the applied objects
    .map(object => ({ object, key: refKey(refOf(object)) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ object }) => object);
  const parts = partsOf(known);
  if (parts.length === 0) return rollUpHealth([]);
  const seen = new Map(
    known
      .filter(object => !isTry(object))
      .map(object => [
        refKey(refOf(object)),
        {
          ...observeObject(object, assessHealth(object), now),
          workload: nameOfWorkload(object),
          drift: [],
        },
      ]),
  );
  return assessDeployment(
    {
      release: releaseOf(parts),
      objects: parts.flatMap(part => part.objects),
      parts,
      instances: 0, // no number of instances is desired here
      areInstancesSeen: known.some(({ kind }) => kind === 'Pod'),
      exposure: { type: 'ClusterIP' },
    },
    seen,
    { isApplied: true, now },
  ).health;
}

/** Groups by workload; objects of no workload go with the first. */
function partsOf(objects: readonly KubeObject[]): DesiredPart[] {
  const workloads = objects.filter(isWorkload);
  const names = [...new Set(workloads.map(nameOfWorkload))].sort();
  const others = objects.filter(
    object => !isWorkload(object) && !isLeavingWithItsOwner(object),
  );
  const speaking = names.flatMap(name => {
    const own = speakersOf(
      workloads.filter(object => nameOfWorkload(object) === name),
    );
    return own.length > 0 ? [{ name, objects: own }] : [];
  });
  const [first = { name: '', objects: [] }, ...rest] = speaking;
  const all = [{ ...first, objects: [...first.objects, ...others] }, ...rest];
  return all.filter(part => part.objects.length > 0);
}

/** Returns the objects that represent a workload; instances only where their controller is absent. */
function speakersOf(workload: readonly KubeObject[]): readonly KubeObject[] {
  const keepers = workload.filter(
    object => object.kind !== 'Pod' && !findController(object),
  );
  if (keepers.length > 0) return keepers;
  return workload.filter(
    object =>
      object.kind === 'Pod' &&
      !isTry(object) &&
      object.metadata.deletionTimestamp === undefined &&
      textAt(object, 'status', 'phase') !== 'Succeeded',
  );
}

function nameOfWorkload({ metadata }: KubeObject): string {
  return metadata.labels?.[LABELS.workload] ?? '';
}

function findController({ metadata }: KubeObject) {
  return metadata.ownerReferences?.find(
    ({ controller }) => controller === true,
  );
}

/** A task reports its end once for all its tries. */
function isTry(object: KubeObject): boolean {
  return object.kind === 'Pod' && findController(object)?.kind === 'Job';
}

function isLeavingWithItsOwner({ metadata }: KubeObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined &&
    metadata.ownerReferences !== undefined
  );
}

/** Release of the controllers of the instances; undefined where it is not known. */
function releaseOf(parts: readonly DesiredPart[]): number | undefined {
  const releases = parts
    .flatMap(({ objects }) => objects)
    .filter(({ kind }) => kind !== 'Pod')
    .flatMap(({ metadata }) => {
      const release = Number(metadata.labels?.[LABELS.release]);
      return Number.isInteger(release) ? [release] : [];
    });
  return releases.length > 0 ? Math.max(...releases) : undefined;
}
