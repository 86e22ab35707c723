import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { SimObject } from '../json';
import type { StoreEvent } from './EventWindow';
import type { ObjectStore, StoreSnapshot } from './ObjectStore';

/*
 * One file per cluster, one JSON value per line:
 *
 *   {"base":17}                          the state as of revision 17 follows
 *   {"storage":"/pods","object":{…}}     an object of that state
 *   {"type":"ADDED","storage":…,…}       a write after it, in order
 *
 * A write is one appended line, passed to the kernel before any client sees it:
 * a killed process loses nothing, at worst its last line is incomplete and
 * dropped. When the file has grown, a new one is written (the state at the
 * beginning of the watch window, then the window) and renamed over it.
 */

type BaseLine = { base: number };
type ObjectLine = { storage: string; object: SimObject };
type EventLine = Omit<StoreEvent, 'previous'>;

export interface LoadedStore {
  snapshot: StoreSnapshot;
  events: StoreEvent[];
}

const MIN_APPENDED_LINES = 2_000; // below this a rewrite is not worth it

/** Keeps a store's writes in a file. */
export class StoreLog {
  readonly #path: string;
  #file: number | undefined;
  #appended = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Returns the content of the file; `undefined` when there is none. Truncates an incomplete last line. */
  load(): LoadedStore | undefined {
    if (!existsSync(this.#path)) return undefined;
    const loaded: LoadedStore = {
      snapshot: { revision: 1, objects: [] },
      events: [],
    };
    const { lines, wholeBytes, isTorn } = readLines(this.#path);
    for (const line of lines) {
      if ('base' in line) loaded.snapshot.revision = line.base;
      else if ('type' in line) loaded.events.push(line);
      else loaded.snapshot.objects.push(line);
    }
    if (isTorn) truncate(this.#path, wholeBytes);
    return lines.length === 0 ? undefined : loaded;
  }

  /** Writes the store as it is, then every change. @returns a function that stops it */
  attach(store: ObjectStore): () => void {
    mkdirSync(dirname(this.#path), { recursive: true });
    this.#rewrite(store);
    const unsubscribe = store.subscribe(event => {
      this.#append(event);
      if (this.#appended > Math.max(MIN_APPENDED_LINES, store.size * 2))
        this.#rewrite(store);
    });
    return () => {
      unsubscribe();
      if (this.#file !== undefined) closeSync(this.#file);
      this.#file = undefined;
    };
  }

  #append({ previous: _, ...line }: StoreEvent): void {
    if (this.#file === undefined) return;
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    this.#appended += 1;
  }

  #rewrite(store: ObjectStore): void {
    const draft = `${this.#path}.new`;
    const file = openSync(draft, 'w', 0o600);
    const write = (line: BaseLine | ObjectLine | EventLine) =>
      writeSync(file, `${JSON.stringify(line)}\n`);
    const { revision, objects } = store.stateAtWindowStart();
    write({ base: revision });
    objects.forEach(write);
    store.window.all().forEach(({ previous: _, ...line }) => write(line));
    fsyncSync(file);
    renameSync(draft, this.#path);
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = file;
    this.#appended = 0;
  }
}

function readLines(path: string): {
  lines: Array<BaseLine | ObjectLine | EventLine>;
  wholeBytes: number;
  isTorn: boolean;
} {
  const content = readFileSync(path);
  const lines: Array<BaseLine | ObjectLine | EventLine> = [];
  let at = 0;
  while (at < content.length) {
    const end = content.indexOf(10, at);
    const line =
      end === -1
        ? undefined
        : parseLine(content.subarray(at, end).toString('utf8'));
    if (line === undefined) return { lines, wholeBytes: at, isTorn: true };
    lines.push(line);
    at = end + 1;
  }
  return { lines, wholeBytes: at, isTorn: false };
}

function parseLine(
  text: string,
): BaseLine | ObjectLine | EventLine | undefined {
  try {
    return JSON.parse(text) as BaseLine | ObjectLine | EventLine;
  } catch {
    return undefined;
  }
}

function truncate(path: string, bytes: number): void {
  const file = openSync(path, 'r+');
  ftruncateSync(file, bytes);
  closeSync(file);
}
