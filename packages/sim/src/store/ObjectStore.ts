import type { SimObject } from '../json';
import { EventWindow, type StoreEvent } from './EventWindow';

type Listener = (event: StoreEvent) => void;

/** The persistent state of a store. */
export interface StoreSnapshot {
  revision: number;
  objects: Array<{ storage: string; object: SimObject }>;
}

/**
 * Objects of one cluster with one revision counter, as in etcd.
 *
 * Objects are immutable: a write stores another object. Every write is one
 * event; listeners receive events in order of their revision, synchronously.
 */
export class ObjectStore {
  readonly window: EventWindow;
  #revision: number;
  readonly #byStorage = new Map<string, Map<string, SimObject>>();
  readonly #listeners = new Set<Listener>();

  constructor(options: {
    nowMs: () => number;
    snapshot?: StoreSnapshot;
    events?: readonly StoreEvent[];
  }) {
    this.#revision = options.snapshot?.revision ?? 1;
    this.window = new EventWindow(options.nowMs, this.#revision);
    for (const { storage, object } of options.snapshot?.objects ?? [])
      this.#set(storage, object);
    for (const event of options.events ?? []) this.#replay(event);
  }

  get revision(): number {
    return this.#revision;
  }

  get(
    storage: string,
    namespace: string | undefined,
    name: string,
  ): SimObject | undefined {
    return this.#byStorage.get(storage)?.get(keyOf(namespace, name));
  }

  /** Sorted by namespace, then name. */
  list(storage: string, namespace?: string): SimObject[] {
    const objects = this.#byStorage.get(storage);
    if (objects === undefined) return [];
    const prefix = namespace === undefined ? '' : `${namespace}/`;
    const keys = [...objects.keys()]
      .filter(key => key.startsWith(prefix))
      .sort();
    return keys.map(key => objects.get(key) as SimObject);
  }

  /** Yields every object with its storage. */
  *all(): Iterable<{ storage: string; object: SimObject }> {
    for (const [storage, objects] of this.#byStorage) {
      for (const object of objects.values()) yield { storage, object };
    }
  }

  /** Writes the object with a new resourceVersion and returns it as stored. */
  put(storage: string, object: SimObject): SimObject {
    const previous = this.get(
      storage,
      object.metadata.namespace,
      object.metadata.name,
    );
    const stored = this.#stamp(object);
    this.#set(storage, stored);
    this.#emit({
      type: previous === undefined ? 'ADDED' : 'MODIFIED',
      storage,
      object: stored,
      previous,
    });
    return stored;
  }

  /** Removes the object; its last state carries the revision of the removal. */
  remove(storage: string, object: SimObject): SimObject {
    const previous = this.get(
      storage,
      object.metadata.namespace,
      object.metadata.name,
    );
    if (previous === undefined) return object;
    const stored = this.#stamp(object);
    this.#byStorage
      .get(storage)
      ?.delete(keyOf(object.metadata.namespace, object.metadata.name));
    this.#emit({ type: 'DELETED', storage, object: stored, previous });
    return stored;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get size(): number {
    return [...this.#byStorage.values()].reduce(
      (sum, objects) => sum + objects.size,
      0,
    );
  }

  /** Returns the state before the first event of the window. */
  stateAtWindowStart(): StoreSnapshot {
    const objects = new Map(
      [...this.all()].map(entry => [placeOf(entry), entry]),
    );
    for (const { storage, object, previous } of [
      ...this.window.all(),
    ].reverse()) {
      const place = placeOf({ storage, object });
      if (previous === undefined) objects.delete(place);
      else objects.set(place, { storage, object: previous });
    }
    return { revision: this.window.start, objects: [...objects.values()] };
  }

  #stamp(object: SimObject): SimObject {
    this.#revision += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#revision) },
    };
  }

  #emit(event: Omit<StoreEvent, 'revision' | 'atMs'>): void {
    const kept = this.window.add({ ...event, revision: this.#revision });
    for (const listener of [...this.#listeners]) listener(kept);
  }

  #set(storage: string, object: SimObject): void {
    let objects = this.#byStorage.get(storage);
    if (objects === undefined) {
      objects = new Map();
      this.#byStorage.set(storage, objects);
    }
    objects.set(keyOf(object.metadata.namespace, object.metadata.name), object);
  }

  #replay(event: StoreEvent): void {
    this.#revision = event.revision;
    const previous = this.get(
      event.storage,
      event.object.metadata.namespace,
      event.object.metadata.name,
    );
    if (event.type === 'DELETED') {
      this.#byStorage
        .get(event.storage)
        ?.delete(
          keyOf(event.object.metadata.namespace, event.object.metadata.name),
        );
    } else {
      this.#set(event.storage, event.object);
    }
    this.window.restore({ ...event, previous });
  }
}

function placeOf({
  storage,
  object,
}: {
  storage: string;
  object: SimObject;
}): string {
  return `${storage} ${keyOf(object.metadata.namespace, object.metadata.name)}`;
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
