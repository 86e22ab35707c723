import type { Writable } from 'node:stream';
import type { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import type {
  IndexableResultSet,
  QueryTranslator,
  SearchEngine,
  SearchQuery,
} from '@backstage/plugin-search-common';

const WAIT_MS = 5_000; // an index takes one to three seconds; a search waits that long
const RETRY_MS = 2_000; // a full disk or an unavailable database; the schedule retries in a minute

/** Backstage's search route passes errors of this name on unchanged, and hides the message of all others. */
class StillIndexingError extends Error {
  readonly name = 'MissingIndexError';
  readonly statusCode = 503;

  constructor() {
    super(
      'Search is still reading the catalog after a start. Try again in a few seconds',
    );
  }
}

/**
 * Lunr keeps its index in memory, so after a start there is none until the
 * first collation is done. An earlier search waits for every type that it
 * queries. After the time-out it returns results of the types that are indexed,
 * or an error when there are none: an empty result and an internal error would
 * both be wrong.
 */
export class IndexedSearchEngine implements SearchEngine {
  readonly #engine: LunrSearchEngine;
  readonly #waitMs: number;
  readonly #retryMs: number;
  readonly #collate: (type: string) => void;
  readonly #indexed = new Set<string>();
  readonly #waiting = new Set<() => void>();

  /**
   * @param options - `collate`: starts the collation of a type now; called
   *   again until one succeeded
   */
  constructor(
    engine: LunrSearchEngine,
    {
      waitMs = WAIT_MS,
      retryMs = RETRY_MS,
      collate = () => {},
    }: {
      waitMs?: number;
      retryMs?: number;
      collate?: (type: string) => void;
    } = {},
  ) {
    this.#engine = engine;
    this.#waitMs = waitMs;
    this.#retryMs = retryMs;
    this.#collate = collate;
  }

  setTranslator(translator: QueryTranslator): void {
    // Lunr's own type of translators is narrower than the interface's.
    this.#engine.setTranslator(
      translator as Parameters<LunrSearchEngine['setTranslator']>[0],
    );
  }

  async getIndexer(type: string): Promise<Writable> {
    const indexer = await this.#engine.getIndexer(type);
    let failed = false;
    indexer.on('error', () => {
      failed = true;
    });
    indexer.on('close', () => {
      if (failed) this.#retry(type);
      else {
        this.#indexed.add(type);
        for (const look of this.#waiting) look();
      }
    });
    return indexer;
  }

  /** Only without an index: an existing one stays until the next collation. */
  #retry(type: string): void {
    if (this.#indexed.has(type)) return;
    setTimeout(() => this.#collate(type), this.#retryMs).unref();
  }

  async query(query: SearchQuery): Promise<IndexableResultSet> {
    await this.#waitFor(query.types);
    if (!this.#hasSome(query.types)) throw new StillIndexingError();
    try {
      return await this.#engine.query(query);
    } catch (error) {
      throw (error as Error).name === 'MissingIndexError'
        ? new StillIndexingError()
        : error;
    }
  }

  /** Resolves once each of the types is indexed, or any type where none is named; at the latest after the time-out. */
  async #waitFor(types: readonly string[] | undefined): Promise<void> {
    const isThere = () =>
      types?.every(type => this.#indexed.has(type)) ?? this.#hasSome();
    let look = () => {};
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      look = () => {
        if (isThere()) resolve();
      };
      timer = setTimeout(resolve, this.#waitMs);
      this.#waiting.add(look);
      look();
    });
    clearTimeout(timer);
    this.#waiting.delete(look);
  }

  #hasSome(types?: readonly string[]): boolean {
    return types
      ? types.some(type => this.#indexed.has(type))
      : this.#indexed.size > 0;
  }
}
