import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';
import { ENTITY_LOCATION_TYPE } from '@callboard/plugin-callboard-common';

/** Says that an entity comes from Callboard and from what there; the catalog wants both. */
export function managedBy(target: string): Record<string, string> {
  return {
    [ANNOTATION_LOCATION]: `${ENTITY_LOCATION_TYPE}:${target}`,
    [ANNOTATION_ORIGIN_LOCATION]: `${ENTITY_LOCATION_TYPE}:${target}`,
  };
}
