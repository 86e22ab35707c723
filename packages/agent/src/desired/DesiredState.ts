import { createHash } from 'node:crypto';
import { isRecord } from '@callboard/tunnel';
import { DESIRED_PARTS, type DesiredPart } from '../state/StateStore';
import type { KeptObject } from './KeptObject';
import { type ObjectPlace, readObjectPlace } from './ObjectPlace';

const MAX_PART_BYTES = 1_200_000; // of JSON; fits into a Secret even if it does not compress
const MAX_OBJECTS = 5_000;

/**
 * The hub's desired state of this cluster, as far as it passed through this
 * agent.
 *
 * A desired state is stored before it is passed on (`intend`) and settled by
 * the response; without a response it stays open, and is judged by the objects
 * on the cluster. A deletion is stored before it is passed on: killed in
 * between, the agent restores too little rather than something that was
 * deleted.
 */
export class DesiredState {
  readonly #objects = new Map<string, KeptObject>();
  readonly #partBytes = new Map<DesiredPart, number>();
  readonly #onChange: (part: DesiredPart) => void;

  constructor(onChange: (part: DesiredPart) => void) {
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): KeptObject | undefined {
    return this.#objects.get(key);
  }

  list(): KeptObject[] {
    return [...this.#objects.values()];
  }

  /**
   * @returns false when there is no capacity: then the object is not kept at
   *   all, not even its previous state
   */
  intend(place: ObjectPlace, text: string): boolean {
    const kept = this.#objects.get(place.key);
    if (kept?.wanted === text && kept.sent === undefined) return true;
    return this.#put({ ...kept, place, sent: text });
  }

  /** Records that the cluster accepted the desired state, or refused it. Of two in flight the newer one stays open. */
  settle(key: string, text: string, wasTaken: boolean): void {
    const kept = this.#objects.get(key);
    if (kept === undefined) return;
    const { sent, ...rest } = kept;
    const isOpen = sent === text;
    if (wasTaken && (isOpen || rest.wanted !== text))
      this.#put({ ...(isOpen ? rest : kept), wanted: text });
    if (wasTaken || !isOpen) return;
    if (rest.wanted === undefined) this.forget(key);
    else this.#put(rest);
  }

  forget(key: string): void {
    const kept = this.#objects.get(key);
    if (kept === undefined) return;
    this.#objects.delete(key);
    this.#count(kept, -1);
  }

  /** Removes an object, and with a namespace everything in it. @returns the removed objects */
  forgetAllOf(place: ObjectPlace): KeptObject[] {
    const isNamespace = place.collection === '/api/v1/namespaces';
    const gone = this.list().filter(
      each =>
        each.place.key === place.key ||
        (isNamespace && each.place.namespace === place.name),
    );
    gone.forEach(each => this.forget(each.place.key));
    return gone;
  }

  /** Restores removed objects, except those with a newer desired state. */
  restore(objects: KeptObject[]): void {
    for (const each of objects)
      if (!this.#objects.has(each.place.key)) this.#put(each);
  }

  /** Serializes one part as JSON. */
  write(part: DesiredPart): string {
    const objects = this.list()
      .filter(each => partOf(each.place.key) === part)
      .map(({ place, wanted, sent }) => ({ path: place.path, wanted, sent }));
    return JSON.stringify({ objects });
  }

  /** Replaces a part by the output of `write`. Entries that cannot be read are left out. */
  load(part: DesiredPart, text: string): void {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || !Array.isArray(value.objects)) return;
    for (const { place } of this.list())
      if (partOf(place.key) === part) this.#objects.delete(place.key);
    this.#partBytes.set(part, 0);
    for (const each of value.objects.filter(isRecord)) {
      const { path, wanted, sent } = each;
      const place =
        typeof path === 'string' ? readObjectPlace(path) : undefined;
      if (place === undefined) continue;
      const kept = {
        place,
        ...(typeof wanted === 'string' && { wanted }),
        ...(typeof sent === 'string' && { sent }),
      };
      if (kept.wanted === undefined && kept.sent === undefined) continue;
      this.#objects.set(place.key, kept);
      this.#count(kept, 1, false);
    }
  }

  #put(kept: KeptObject): boolean {
    this.forget(kept.place.key);
    const part = partOf(kept.place.key);
    const bytes = (this.#partBytes.get(part) ?? 0) + bytesOf(kept);
    if (bytes > MAX_PART_BYTES || this.#objects.size >= MAX_OBJECTS)
      return false;
    this.#objects.set(kept.place.key, kept);
    this.#count(kept, 1);
    return true;
  }

  #count(kept: KeptObject, sign: 1 | -1, isChange = true): void {
    const part = partOf(kept.place.key);
    const bytes = this.#partBytes.get(part) ?? 0;
    this.#partBytes.set(part, bytes + sign * bytesOf(kept));
    if (isChange) this.#onChange(part);
  }
}

function bytesOf({ place, wanted = '', sent = '' }: KeptObject): number {
  return (
    Buffer.byteLength(wanted) + Buffer.byteLength(sent) + place.path.length + 50
  );
}

function partOf(key: string): DesiredPart {
  const [first] = createHash('sha256').update(key).digest();
  return DESIRED_PARTS[first % DESIRED_PARTS.length];
}
