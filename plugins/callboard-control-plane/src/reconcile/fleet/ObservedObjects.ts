import {
  type Health,
  type KubeObject,
  type KubeRef,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { ObjectDigest, Observations } from '../../store';
import { type Amounts, addAmounts } from '../observing/amounts';
import { digestOf } from '../observing/digestOf';

/** Key under which the fingerprint of the health rules is kept: beside the cursors, so that both are saved together. */
const JUDGED_BY = 'callboard/health-rules';

/** Judges an object's health by the current rules. */
export type JudgeObject = (object: KubeObject) => Health | undefined;

/**
 * Known objects of one cluster: digests by object, grouped by deployment,
 * beside the desired objects of each (to distinguish drift from intent).
 */
export class ObservedObjects {
  readonly #cluster: string;
  readonly #digests = new Map<string, ObjectDigest>();
  readonly #byDeployment = new Map<string, Set<string>>();
  readonly #desired = new Map<string, KubeObject>();
  readonly #desiredBy = new Map<string, string[]>();
  readonly #cursors: Record<string, string>;
  readonly #judge: JudgeObject;
  #changed = new Set<string>();
  #moved = new Set<string>();

  constructor(
    cluster: string,
    kept: { digests: readonly ObjectDigest[]; cursors: Record<string, string> },
    judge: JudgeObject,
  ) {
    this.#cluster = cluster;
    this.#judge = judge;
    this.#cursors = { ...kept.cursors };
    for (const digest of kept.digests) this.#put(refKey(digest.ref), digest);
  }

  /** Returns the digests of one deployment, by object. */
  of(deployment: string): Map<string, ObjectDigest> {
    const keys = [...(this.#byDeployment.get(deployment) ?? [])].sort();
    return new Map(
      keys.flatMap(key =>
        this.#digests.has(key) ? [[key, this.#digests.get(key)!] as const] : [],
      ),
    );
  }

  /** Sets the desired objects of a deployment. */
  expect(deployment: string, objects: readonly KubeObject[]): void {
    for (const key of this.#desiredBy.get(deployment) ?? [])
      this.#desired.delete(key);
    const keys = objects.map(object => refKey(refOf(object)));
    objects.forEach((object, index) => this.#desired.set(keys[index], object));
    this.#desiredBy.set(deployment, keys);
  }

  /** Takes in an object. @returns the deployment whose state changed, if it did */
  see(object: KubeObject, now: Date): string | undefined {
    const key = refKey(refOf(object));
    const known = this.#digests.get(key);
    const digest = digestOf(
      object,
      {
        cluster: this.#cluster,
        desired: this.#desired.get(key),
        health: this.#judge(object),
      },
      now,
    );
    if (!digest) return known && this.#drop(key, known);
    if (known && isOlder(digest, known)) return undefined;
    const isSame = known !== undefined && isSameDigest(known, digest);
    this.#put(key, digest);
    this.#changed.add(key);
    return isSame ? undefined : digest.deployment;
  }

  /** Takes in that the object with this uid is gone. @returns the deployment whose state changed, if it did */
  lose(ref: KubeRef, uid: string): string | undefined {
    const key = refKey(ref);
    const known = this.#digests.get(key);
    return known?.uid === uid ? this.#drop(key, known) : undefined;
  }

  /** Returns the objects of a kind that exist as far as is known. */
  ofKind(kind: { apiVersion: string; kind: string }): ObjectDigest[] {
    return [...this.#digests.values()].filter(
      ({ ref }) => ref.apiVersion === kind.apiVersion && ref.kind === kind.kind,
    );
  }

  /** Sums the requests of all instances. */
  sumRequests(): Amounts {
    return addAmounts(
      [...this.#digests.values()].flatMap(({ requests }) => requests ?? []),
    );
  }

  /** Returns all kinds that were ever seen, as keys of cursors. */
  kinds(): string[] {
    return Object.keys(this.#cursors).filter(key => key !== JUDGED_BY);
  }

  /** Returns where the watch of each kind resumes. A kind that is to be listed again has no cursor. */
  cursors(): Record<string, string> {
    return Object.fromEntries(
      this.kinds()
        .filter(kind => this.#cursors[kind] !== '')
        .map(kind => [kind, this.#cursors[kind]]),
    );
  }

  /**
   * Sets the rules by which objects are judged from now on. Objects judged by
   * other rules are to be listed again.
   *
   * @returns true when the rules changed
   */
  judgeBy(fingerprint: string): boolean {
    if (this.#cursors[JUDGED_BY] === fingerprint) return false;
    for (const kind of this.kinds()) this.moveCursor(kind, '');
    this.moveCursor(JUDGED_BY, fingerprint);
    return true;
  }

  /** Sets up to where a kind was seen. */
  moveCursor(kind: string, resourceVersion: string): void {
    this.#cursors[kind] = resourceVersion;
    this.#moved.add(kind);
  }

  /** Returns changes since the last call, to be saved in the database. */
  takeUnkept(): Observations | undefined {
    const keys = [...this.#changed];
    const moved = [...this.#moved];
    if (keys.length + moved.length === 0) return undefined;
    this.#changed = new Set();
    this.#moved = new Set();
    return {
      changed: keys.flatMap(key => this.#digests.get(key) ?? []),
      gone: keys.filter(key => !this.#digests.has(key)),
      cursors: Object.fromEntries(
        moved.map(kind => [kind, this.#cursors[kind]]),
      ),
    };
  }

  /** Takes back changes that could not be saved. */
  requeue(seen: Observations): void {
    for (const { ref } of seen.changed) this.#changed.add(refKey(ref));
    for (const key of seen.gone) this.#changed.add(key);
    for (const kind of Object.keys(seen.cursors)) this.#moved.add(kind);
  }

  #put(key: string, digest: ObjectDigest): void {
    const known = this.#digests.get(key);
    if (known && known.deployment !== digest.deployment)
      this.#byDeployment.get(known.deployment)?.delete(key);
    this.#digests.set(key, digest);
    const keys = this.#byDeployment.get(digest.deployment) ?? new Set();
    keys.add(key);
    this.#byDeployment.set(digest.deployment, keys);
  }

  #drop(key: string, digest: ObjectDigest): string {
    this.#digests.delete(key);
    this.#byDeployment.get(digest.deployment)?.delete(key);
    this.#changed.add(key);
    return digest.deployment;
  }
}

/**
 * The response to an apply may arrive before the watch event: older versions of
 * the object from the watch are ignored.
 */
function isOlder(digest: ObjectDigest, known: ObjectDigest): boolean {
  if (digest.uid !== known.uid) return false;
  const [seen, had] = [
    Number(digest.resourceVersion),
    Number(known.resourceVersion),
  ];
  return Number.isSafeInteger(seen) && Number.isSafeInteger(had) && seen < had;
}

function isSameDigest(a: ObjectDigest, b: ObjectDigest): boolean {
  return (
    JSON.stringify({ ...a, resourceVersion: '' }) ===
    JSON.stringify({ ...b, resourceVersion: '' })
  );
}
