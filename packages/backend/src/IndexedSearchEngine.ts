import type { Writable } from 'node:stream';
import type { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import type {
  IndexableResultSet,
  QueryTranslator,
  SearchEngine,
  SearchQuery,
} from '@backstage/plugin-search-common';

const WAIT_MS = 5_000; // an index takes one to three seconds; who searches waits that long

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
 * first collation is done. A search that comes sooner waits for it, and is told
 * so when that takes longer: no result and a fault are both wrong answers.
 */
export class IndexedSearchEngine implements SearchEngine {
  readonly #engine: LunrSearchEngine;
  readonly #waitMs: number;
  readonly #indexed: Promise<true>;
  #setIndexed: (done: true) => void = () => {};

  constructor(engine: LunrSearchEngine, { waitMs = WAIT_MS } = {}) {
    this.#engine = engine;
    this.#waitMs = waitMs;
    this.#indexed = new Promise(resolve => {
      this.#setIndexed = resolve;
    });
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
      if (!failed) this.#setIndexed(true);
    });
    return indexer;
  }

  async query(query: SearchQuery): Promise<IndexableResultSet> {
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<false>(resolve => {
      timer = setTimeout(() => resolve(false), this.#waitMs);
    });
    const isIndexed = await Promise.race([this.#indexed, waited]);
    clearTimeout(timer);
    if (!isIndexed) throw new StillIndexingError();
    try {
      return await this.#engine.query(query);
    } catch (error) {
      throw (error as Error).name === 'MissingIndexError'
        ? new StillIndexingError()
        : error;
    }
  }
}
