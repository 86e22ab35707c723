import type { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';

/** The app that an entity names; the entity's own name when it names none. */
export function appOf({ metadata }: Entity): string {
  return metadata.annotations?.[ENTITY_ANNOTATIONS.app] ?? metadata.name;
}
