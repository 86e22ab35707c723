import {
  type KubeObject,
  LABELS,
  type ObservedWorkload,
} from '@callboard/plugin-callboard-common';
import {
  agreeWithFindings,
  assessObjects,
  diagnose,
  observeObject,
} from '../health';
import { fieldsAt, listAt, textAt } from '../health/fields';
import { isWorkload } from '../health/workloadKinds';
import type { KeptObject, ObservedState } from './types';

const MAX_WORKLOADS = 50;
const MAX_IMAGES = 10;
const MAX_IMAGE = 500;
const MAX_FINDINGS = 10;

/**
 * Judges what runs of a component on a cluster, by the verdict for apps of
 * Callboard. The observed objects are also taken as the desired state, because
 * what was applied is not known.
 *
 * @param kept - at least one object
 */
export function judgeObserved(
  of: { name: string; cluster: string },
  kept: readonly KeptObject[],
  now: Date,
): ObservedState {
  const objects = assignWorkloads(kept.map(({ object }) => object));
  const findings = diagnose(
    {
      app: of.name,
      environment: describeNamespaces(objects),
      cluster: of.cluster,
      objects,
      events: [],
      logs: {},
    },
    now,
  ).slice(0, MAX_FINDINGS);
  return {
    health: agreeWithFindings(assessObjects(objects, now), findings, 'certain'),
    objects: objects.length,
    workloads: readWorkloads(objects, kept, now),
    findings,
  };
}

function describeNamespaces(objects: readonly KubeObject[]): string {
  const names = new Set(
    objects.flatMap(({ metadata }) => metadata.namespace ?? []),
  );
  const [first] = names;
  return names.size === 1 ? `namespace "${first}"` : 'its namespaces';
}

/** Labels workloads with their names, and pods with that of their owner: the verdict groups by this label. */
function assignWorkloads(objects: readonly KubeObject[]): KubeObject[] {
  const keepers = objects.filter(isKeeper);
  return objects.map(object => {
    if (!isWorkload(object)) return object;
    const name =
      object.kind === 'Pod'
        ? nameOfKeeper(object, keepers)
        : object.metadata.name;
    const { [LABELS.workload]: _given, ...labels } =
      object.metadata.labels ?? {};
    return {
      ...object,
      metadata: {
        ...object.metadata,
        labels: {
          ...labels,
          ...(name !== undefined && { [LABELS.workload]: name }),
        },
      },
    };
  });
}

/** Returns whether an object is not made by another one. */
function isKeeper(object: KubeObject): boolean {
  return (
    isWorkload(object) &&
    object.kind !== 'Pod' &&
    controllerOf(object) === undefined
  );
}

function controllerOf({ metadata }: KubeObject) {
  return metadata.ownerReferences?.find(
    ({ controller }) => controller === true,
  );
}

function nameOfKeeper(
  pod: KubeObject,
  keepers: readonly KubeObject[],
): string | undefined {
  const owner = controllerOf(pod);
  if (owner === undefined) return undefined;
  const nearby = keepers.filter(
    ({ metadata }) => metadata.namespace === pod.metadata.namespace,
  );
  const found =
    nearby.find(({ metadata }) => metadata.uid === owner.uid) ??
    nearby.find(keeper => selects(keeper, pod));
  return found?.metadata.name;
}

function selects(keeper: KubeObject, pod: KubeObject): boolean {
  const wanted = Object.entries(
    fieldsAt(keeper, 'spec', 'selector', 'matchLabels'),
  );
  const labels = pod.metadata.labels ?? {};
  return (
    wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value)
  );
}

function readWorkloads(
  objects: readonly KubeObject[],
  kept: readonly KeptObject[],
  now: Date,
): ObservedWorkload[] {
  const bare = (object: KubeObject) =>
    object.kind === 'Pod' &&
    object.metadata.labels?.[LABELS.workload] === undefined;
  return objects
    .map((object, index) => ({ object, deployer: kept[index].deployer }))
    .filter(({ object }) => isKeeper(object) || bare(object))
    .map(({ object, deployer }): ObservedWorkload => {
      const { name, namespace = '' } = object.metadata;
      const { instances } = observeObject(object, undefined, now);
      const own = objects.filter(
        each =>
          each === object ||
          (each.kind === 'Pod' &&
            isKeeper(object) &&
            each.metadata.namespace === object.metadata.namespace &&
            each.metadata.labels?.[LABELS.workload] === name),
      );
      return {
        kind: object.kind,
        name,
        namespace,
        images: imagesOf(object),
        ...(instances && { instances }),
        health: assessObjects(own, now),
        deployer,
      };
    })
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .slice(0, MAX_WORKLOADS);
}

function orderOf({ namespace, kind, name }: ObservedWorkload): string {
  return `${namespace}/${kind}/${name}`;
}

function imagesOf(object: KubeObject): string[] {
  const at: Record<string, string[]> = {
    Pod: ['spec'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  };
  const path = at[object.kind] ?? ['spec', 'template', 'spec'];
  const images = listAt(object, ...path, 'containers').flatMap(
    container => textAt(container, 'image')?.slice(0, MAX_IMAGE) ?? [],
  );
  return [...new Set(images)].slice(0, MAX_IMAGES);
}
