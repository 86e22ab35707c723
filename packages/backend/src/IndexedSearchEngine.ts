import type { Writable } from 'node:stream';
import type { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import type {
  IndexableResultSet,
  QueryTranslator,
  SearchEngine,
  SearchQuery,
} from '@backstage/plugin-search-common';

const WAIT_MS = 5_000; // an index takes one to three seconds; who searches waits that long
const RETRY_MS = 2_000; // a full disk or a database that is away; the schedule comes back in a minute

/** Backstage's route of searches passes errors of this name on as they are, and hides the message of all others. */
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
 * first collation is done. A search that comes sooner waits for every type that
 * it asks for. When that takes longer it answers from those that are there, and
 * where there is none it is told so: no result and a fault are both wrong answers.
 */
export class IndexedSearchEngine implements SearchEngine {
  readonly #engine: LunrSearchEngine;
  readonly #waitMs: number;
  readonly #retryMs: number;
  readonly #collate: (type: string) => void;
  readonly #indexed = new Set<string>();
  readonly #waiting = new Set<() => void>();

  /** @param options - `collate`: begins the collation of a type now; called again as long as none succeeded */
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

  /** Not where there is an index: the one before stays until the next collation. */
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

  /** Resolves once each of the types is indexed, or one of any where none is named; at the latest when the time is over. */
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
