import { timestamp } from '../clock';
import type { ApiResource } from '../discovery';
import { conflict, forbidden } from '../errors';
import { cloneJson, getPath, type SimObject } from '../json';
import { readObject } from './readObject';
import type { Registry } from './Registry';
import { removeWhenReleased } from './removeWhenReleased';
import { strategyOf } from './strategies';

export interface DeleteOptions {
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
  isDryRun?: boolean;
}

/** The result of a deletion: the object is gone, or it remains with a deletionTimestamp. */
export interface Deletion {
  object: SimObject;
  isGone: boolean;
}

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

export function deleteObject(
  registry: Registry,
  resource: ApiResource,
  target: { namespace: string | undefined; name: string },
  options: DeleteOptions = {},
): Deletion {
  const live = readObject(registry, resource, target.namespace, target.name);
  checkPreconditions(resource, live, options);
  checkMayGo(resource, live);
  const next = goesAtOnce(resource, live, options)
    ? live
    : markDeleted(registry, resource, live, options);
  if (options.isDryRun) return { object: next, isGone: true };
  if (next === live && goesAtOnce(resource, live, options))
    return { object: takeAway(registry, resource, live), isGone: true };
  const gone = removeWhenReleased(registry, resource, next);
  if (gone !== undefined) return { object: gone, isGone: true };
  const isSame = JSON.stringify(next) === JSON.stringify(live);
  return {
    object: isSame ? live : registry.store.put(resource.storage, next),
    isGone: false,
  };
}

/** Without finalizers or grace period an object is removed without being marked. */
function goesAtOnce(
  resource: ApiResource,
  live: SimObject,
  options: DeleteOptions,
): boolean {
  if (resource.resource === 'pods' || resource.resource === 'namespaces')
    return false;
  return (finalizersFor(live, options) ?? []).length === 0;
}

function takeAway(
  registry: Registry,
  resource: ApiResource,
  live: SimObject,
): SimObject {
  strategyOf(resource).release?.(live, registry);
  return registry.store.remove(resource.storage, live);
}

/** These conflicts name the kind where others name the resource. */
function checkPreconditions(
  { group, kind }: ApiResource,
  live: SimObject,
  { preconditions }: DeleteOptions,
): void {
  const { uid, resourceVersion, name } = live.metadata;
  const named = { group, resource: kind };
  const wanted = preconditions ?? {};
  if (wanted.uid !== undefined && wanted.uid !== uid) {
    const why = `the UID in the precondition (${wanted.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    throw conflict(named, name, why);
  }
  if (
    wanted.resourceVersion !== undefined &&
    wanted.resourceVersion !== resourceVersion
  ) {
    const why = `the ResourceVersion in the precondition (${wanted.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    throw conflict(named, name, why);
  }
}

function checkMayGo(resource: ApiResource, live: SimObject): void {
  const { name } = live.metadata;
  if (resource.resource !== 'namespaces') return;
  if (['default', 'kube-system', 'kube-public'].includes(name)) {
    throw forbidden(resource, name, 'this namespace may not be deleted');
  }
}

function markDeleted(
  { clock }: Registry,
  resource: ApiResource,
  live: SimObject,
  options: DeleteOptions,
): SimObject {
  const next = cloneJson(live);
  next.metadata.finalizers = finalizersFor(live, options);
  if (next.metadata.finalizers?.length === 0) delete next.metadata.finalizers;
  const graceSeconds = graceOf(resource, live, options);
  if (live.metadata.deletionTimestamp === undefined) {
    next.metadata.deletionTimestamp = timestamp(
      new Date(clock.now().getTime() + graceSeconds * 1000),
    );
    next.metadata.deletionGracePeriodSeconds = graceSeconds;
    if (resource.resource === 'namespaces')
      next.status = { phase: 'Terminating' };
    if (
      strategyOf(resource).hasGeneration &&
      next.metadata.generation !== undefined
    )
      next.metadata.generation += 1;
  } else if (graceSeconds < (live.metadata.deletionGracePeriodSeconds ?? 0)) {
    next.metadata.deletionTimestamp = timestamp(
      new Date(clock.now().getTime() + graceSeconds * 1000),
    );
    next.metadata.deletionGracePeriodSeconds = graceSeconds;
  }
  if (resource.resource === 'namespaces')
    delete next.metadata.deletionGracePeriodSeconds;
  return next;
}

function finalizersFor(
  live: SimObject,
  { propagationPolicy }: DeleteOptions,
): string[] | undefined {
  const others = (live.metadata.finalizers ?? []).filter(
    finalizer => finalizer !== FOREGROUND && finalizer !== ORPHAN,
  );
  if (propagationPolicy === 'Foreground') return [...others, FOREGROUND];
  if (propagationPolicy === 'Orphan') return [...others, ORPHAN];
  return propagationPolicy === 'Background' ? others : live.metadata.finalizers;
}

/** Only pods that are bound to a node get a grace period. */
function graceOf(
  resource: ApiResource,
  live: SimObject,
  { gracePeriodSeconds }: DeleteOptions,
): number {
  if (resource.resource !== 'pods') return 0;
  const phase = getPath(live, ['status', 'phase']);
  if (
    getPath(live, ['spec', 'nodeName']) === undefined ||
    phase === 'Succeeded' ||
    phase === 'Failed'
  )
    return 0;
  const own = getPath(live, ['spec', 'terminationGracePeriodSeconds']);
  return gracePeriodSeconds ?? (typeof own === 'number' ? own : 30);
}
