import {
  type KubeObject,
  type KubeRef,
  refOf,
} from '@callboard/plugin-callboard-common';
import { isOlderVersion } from './isOlderVersion';
import type { KnownObject } from './types';

/**
 * Objects of one kind that were reported present and not absent since. Finds
 * objects that a new list lacks, and events without news.
 */
export class KnownObjects {
  readonly #byUid = new Map<
    string,
    { ref: KubeRef; resourceVersion?: string }
  >();

  constructor(known: KnownObject[]) {
    for (const { uid, ref } of known) this.#byUid.set(uid, { ref });
  }

  /** True when this version of the object, or a newer one, was reported. */
  isOldNews(object: KubeObject): boolean {
    const { uid = '', resourceVersion = '' } = object.metadata;
    const known = this.#byUid.get(uid)?.resourceVersion;
    return (
      known !== undefined &&
      (known === resourceVersion || isOlderVersion(resourceVersion, known))
    );
  }

  add(object: KubeObject): void {
    const { uid = '', resourceVersion } = object.metadata;
    this.#byUid.set(uid, { ref: refOf(object), resourceVersion });
  }

  remove(uid: string): void {
    this.#byUid.delete(uid);
  }

  /** Returns known objects that the list lacks, by uid: an object that was created again is another one. */
  missingFrom(objects: KubeObject[]): KnownObject[] {
    const uids = new Set(objects.map(object => object.metadata.uid));
    return [...this.#byUid]
      .filter(([uid]) => !uids.has(uid))
      .map(([uid, { ref }]) => ({ uid, ref }));
  }
}
