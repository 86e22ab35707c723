import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ScriptedServer,
  configMap,
  json,
  status,
  watchLines,
} from './ScriptedServer';

type Entry = {
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: ReturnType<typeof configMap>;
};

/**
 * Just enough of an API server to watch config maps, with every way to fail
 * that a watch must survive. Not a simulator: that is packages/sim.
 */
export class ConfigMapServer extends ScriptedServer {
  readonly #objects = new Map<string, ReturnType<typeof configMap>>();
  readonly #watches = new Set<{ response: ServerResponse; frozen: boolean }>();
  #history: Entry[] = [];
  #version = 1;
  #oldest = 1;
  #uids = 0;
  /** New watches say nothing, not even that they are open. */
  hangs = false;
  /** Watches are opened, but say nothing. */
  frozen = false;

  constructor() {
    super();
    this.on('GET /api/v1/configmaps', (request, response) =>
      this.#serve(request, response),
    );
  }

  get version(): string {
    return String(this.#version);
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  set(name: string, value: string): void {
    const known = this.#objects.get(name);
    const uid = known?.metadata.uid ?? `uid-${++this.#uids}`;
    const object = configMap(name, ++this.#version, { uid, value });
    this.#objects.set(name, object);
    this.#notify({
      version: this.#version,
      type: known ? 'MODIFIED' : 'ADDED',
      object,
    });
  }

  remove(name: string): void {
    const { metadata, data } = this.#objects.get(name)!;
    this.#objects.delete(name);
    const object = configMap(name, ++this.#version, {
      uid: metadata.uid,
      value: data.value,
    });
    this.#notify({ version: this.#version, type: 'DELETED', object });
  }

  bookmark(version = this.#version): void {
    this.#send({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        metadata: { resourceVersion: String(version) },
      },
    });
  }

  /** Sends the newest event once more, as a server that was restarted may. */
  repeat(): void {
    const { type, object } = this.#history[this.#history.length - 1];
    this.#send({ type, object });
  }

  /** Forgets the past: anyone who resumes from before now gets 410. */
  compact(): void {
    this.#history = [];
    this.#oldest = this.#version;
  }

  endWatches(): void {
    for (const { response } of this.#watches) response.end();
  }

  /** Sends half of an event and cuts. */
  cutInTheMiddle(): void {
    for (const { response } of this.#watches) {
      response.write('{"type":"MODIFIED","object":{"api');
      setTimeout(() => response.destroy(), 5);
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const query = new URL(request.url ?? '', 'http://server').searchParams;
    if (query.get('watch') !== 'true') {
      json(response, {
        items: [...this.#objects.values()],
        metadata: { resourceVersion: this.version },
      });
      return;
    }
    if (this.hangs) return;
    const from = Number(query.get('resourceVersion'));
    if (from < this.#oldest) {
      status(response, 410, {
        reason: 'Expired',
        message: 'too old resource version',
      });
      return;
    }
    const watch = { response, frozen: this.frozen };
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
    watchLines(
      response,
      watch.frozen ? [] : this.#history.filter(entry => entry.version > from),
    );
  }

  #notify(entry: Entry): void {
    this.#history.push(entry);
    this.#send(entry);
  }

  #send({ type, object }: { type: string; object: unknown }): void {
    for (const { response, frozen } of this.#watches)
      if (!frozen) watchLines(response, [{ type, object }]);
  }
}
