import {
  type KubeObject,
  type KubeRef,
  refOf,
} from '@callboard/plugin-callboard-common';
import { isOlderVersion } from './isOlderVersion';
import type { KnownObject } from './types';

/**
 * What of one kind was reported present and not absent since. Tells which
 * objects a new list lacks, and which events say nothing new.
 */
export class KnownObjects {
  readonly #byUid = new Map<
    string,
    { ref: KubeRef; resourceVersion?: string }
  >();

  constructor(known: KnownObject[]) {
    for (const { uid, ref } of known) this.#byUid.set(uid, { ref });
  }

  /** True when exactly this, or something newer, of the object was reported. */
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

  /** Known ones that the list lacks, by uid: an object that was made again is another one. */
  missingFrom(objects: KubeObject[]): KnownObject[] {
    const uids = new Set(objects.map(object => object.metadata.uid));
    return [...this.#byUid]
      .filter(([uid]) => !uids.has(uid))
      .map(([uid, { ref }]) => ({ uid, ref }));
  }
}
