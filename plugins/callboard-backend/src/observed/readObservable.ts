import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';

/** A component whose objects are observed. */
export interface Observable {
  /** `component:default/shop`. */
  entityRef: string;
  /** Value of the label on its objects. */
  label: string;
  /** The only namespace in which its objects are observed. */
  namespace?: string;
}

const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads what to observe for a Component: `callboard.dev/observe`, else
 * `backstage.io/kubernetes-id`.
 *
 * @returns undefined without an annotation that is valid as a label value
 */
export function readObservable(entity: Entity): Observable | undefined {
  const { annotations = {} } = entity.metadata;
  const label =
    annotations[ENTITY_ANNOTATIONS.observe] ??
    annotations[ENTITY_ANNOTATIONS.kubernetesId];
  const namespace = annotations[ENTITY_ANNOTATIONS.kubernetesNamespace];
  if (entity.kind !== 'Component' || !LABEL_VALUE.test(label ?? ''))
    return undefined;
  if (namespace !== undefined && !NAMESPACE.test(namespace)) return undefined;
  return {
    entityRef: stringifyEntityRef(entity),
    label: label ?? '',
    ...(namespace !== undefined && { namespace }),
  };
}
