import type { ClusterEvent } from '@callboard/plugin-callboard-clusters-node';
import {
  OBSERVED_LABEL,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { type KeptObject, keepObject } from '@callboard/plugin-callboard-core';

const MAX_OBJECTS = 200; // of one component on one cluster
const MAX_BYTES = 32 * 1024 * 1024; // of one cluster

/** Objects of one cluster that others deployed and labelled, by the value of the label. In memory only. */
export class LabelledObjects {
  readonly #kept = new Map<string, Map<string, KeptObject>>();
  /** Objects that exist and are not kept, by label. */
  readonly #leftOut = new Map<string, Set<string>>();
  readonly #labelOf = new Map<string, string>();
  #bytes = 0;
  #changed = new Set<string>();

  /** Takes in an event of an object. */
  note(event: ClusterEvent): void {
    const key = refKey(
      event.type === 'present' ? refOf(event.object) : event.ref,
    );
    this.#forget(key);
    if (event.type === 'absent') return;
    const label = event.object.metadata.labels?.[OBSERVED_LABEL];
    if (label === undefined || label === '') return;
    this.#labelOf.set(key, label);
    this.#changed.add(label);
    const kept = keepObject(event.object);
    const same = this.#kept.get(label) ?? new Map<string, KeptObject>();
    const isTooMuch =
      kept === undefined ||
      same.size >= MAX_OBJECTS ||
      this.#bytes + kept.bytes > MAX_BYTES;
    if (isTooMuch) {
      const leftOut = this.#leftOut.get(label) ?? new Set();
      this.#leftOut.set(label, leftOut.add(key));
      return;
    }
    this.#kept.set(label, same.set(key, kept));
    this.#bytes += kept.bytes;
  }

  /** Returns the objects with a label, in the order of their references. */
  of(label: string): { objects: KeptObject[]; leftOut: number } {
    const kept = [...(this.#kept.get(label) ?? [])];
    return {
      objects: kept
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, object]) => object),
      leftOut: this.#leftOut.get(label)?.size ?? 0,
    };
  }

  /** Returns labels whose objects changed since the last call. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  #forget(key: string): void {
    const label = this.#labelOf.get(key);
    if (label === undefined) return;
    this.#labelOf.delete(key);
    this.#changed.add(label);
    this.#bytes -= this.#kept.get(label)?.get(key)?.bytes ?? 0;
    for (const held of [this.#kept, this.#leftOut]) {
      held.get(label)?.delete(key);
      if (held.get(label)?.size === 0) held.delete(label);
    }
  }
}
