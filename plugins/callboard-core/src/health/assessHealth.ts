import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { KIND_JUDGES } from './kinds';
import { verdict } from './verdict';

/**
 * How one object of a cluster is.
 *
 * @returns undefined where the kind has no notion of health (ConfigMap, Secret, roles): it is there, and that is all
 */
export function assessHealth(object: KubeObject): Health | undefined {
  if (object.metadata.deletionTimestamp !== undefined) {
    return verdict('Progressing', 'Deleting', 'It is being removed');
  }
  return KIND_JUDGES[`${groupOf(object.apiVersion)}/${object.kind}`]?.(object);
}

/** `apps` of `apps/v1`; the core group (`v1`) has no name. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
