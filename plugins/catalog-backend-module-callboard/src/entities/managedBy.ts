import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';
import { ENTITY_LOCATION_TYPE } from '@callboard/plugin-callboard-common';

/** Returns the two location annotations that the catalog requires of an entity; they name Callboard and `target`. */
export function managedBy(target: string): Record<string, string> {
  return {
    [ANNOTATION_LOCATION]: `${ENTITY_LOCATION_TYPE}:${target}`,
    [ANNOTATION_ORIGIN_LOCATION]: `${ENTITY_LOCATION_TYPE}:${target}`,
  };
}
