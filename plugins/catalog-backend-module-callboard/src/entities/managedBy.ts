import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';

/** Says that an entity comes from Callboard and from what there; the catalog wants both. */
export function managedBy(target: string): Record<string, string> {
  return {
    [ANNOTATION_LOCATION]: `callboard:${target}`,
    [ANNOTATION_ORIGIN_LOCATION]: `callboard:${target}`,
  };
}
