import type { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';

/** Whether a Component is an app of Callboard. */
export function isCallboardApp(entity: Entity): boolean {
  return (
    entity.kind === 'Component' &&
    entity.metadata.annotations?.[ENTITY_ANNOTATIONS.app] !== undefined
  );
}

/** Whether an entity groups apps: a System or a Domain. */
export function isCallboardSystem(entity: Entity): boolean {
  return entity.kind === 'System' || entity.kind === 'Domain';
}

/** Whether a Resource is a cluster of Callboard. */
export function isCallboardCluster(entity: Entity): boolean {
  return (
    entity.kind === 'Resource' &&
    entity.metadata.annotations?.[ENTITY_ANNOTATIONS.cluster] !== undefined
  );
}
