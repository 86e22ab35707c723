import { setTimeout as wait } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { App } from '@callboard/plugin-callboard-common';
import type { CallboardClient } from '@callboard/plugin-callboard-node';
import type { ClaimSync } from './ClaimSync';
import {
  apiEntity,
  appEntity,
  blueprintEntities,
  clusterEntity,
} from './entities';

export interface CallboardEntityProviderOptions {
  client: CallboardClient;
  claims: ClaimSync;
  /** Owner of clusters, blueprints and the API. */
  platformOwner: string;
  logger: LoggerService;
  /** Tests set shorter intervals. */
  intervals?: Partial<Intervals>;
}

interface Intervals {
  /** Wait after a change, since changes come in groups. */
  settleMs: number;
  /** Maximum time between two reads; recovers lost events. */
  resyncMs: number;
  /** Wait after a failed request to Callboard. */
  retryMs: number;
}

const INTERVALS: Intervals = {
  settleMs: 500,
  resyncMs: 30_000,
  retryMs: 2_000,
};

/**
 * Keeps apps, clusters, blueprints and the API itself in the catalog, except
 * apps that have an entity of the company. Level-based: reads everything that
 * Callboard shows and applies a full mutation when it differs from the last
 * one. `nudge` only starts the next read sooner.
 */
export class CallboardEntityProvider implements EntityProvider {
  readonly #claims: ClaimSync;
  readonly #client: CallboardClient;
  readonly #platformOwner: string;
  readonly #logger: LoggerService;
  readonly #intervals: Intervals;
  readonly #stopped = new AbortController();
  readonly #catalogInfos = new Map<
    string,
    { revision: string | undefined; text: string | undefined }
  >();
  #nudged = new AbortController();
  #handedOver = '';
  #document: string | undefined;

  constructor(options: CallboardEntityProviderOptions) {
    this.#claims = options.claims;
    this.#client = options.client;
    this.#platformOwner = options.platformOwner;
    this.#logger = options.logger;
    this.#intervals = { ...INTERVALS, ...options.intervals };
  }

  getProviderName(): string {
    return 'callboard';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    void this.#run(connection);
  }

  /** Starts the next read early because something changed. */
  nudge(): void {
    this.#nudged.abort();
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #run(connection: EntityProviderConnection): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#nudged = new AbortController(); // a change reported from here on starts another read
      const isDone = await this.#refresh(connection).then(
        () => true,
        error => {
          this.#logger.debug('callboard does not answer yet', error);
          return false;
        },
      );
      if (isDone) {
        await this.#pause(this.#intervals.resyncMs, this.#nudged.signal);
        if (!this.#nudged.signal.aborted) this.#document = undefined;
        await this.#pause(this.#intervals.settleMs);
      } else {
        await this.#pause(this.#intervals.retryMs);
      }
    }
  }

  async #refresh(connection: EntityProviderConnection): Promise<void> {
    const entities = await this.#readEntities();
    const state = JSON.stringify(entities);
    if (state !== this.#handedOver) await this.#handOver(entities, connection);
    this.#handedOver = state;
    await this.#claims.refresh();
  }

  async #handOver(
    entities: Entity[],
    connection: EntityProviderConnection,
  ): Promise<void> {
    await connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey: 'callboard' })),
    });
    this.#logger.info('catalog brought up to date', {
      entities: entities.length,
    });
  }

  async #readEntities(): Promise<Entity[]> {
    const [apps, clusters, document] = await Promise.all([
      this.#client.list('listApps', {}),
      this.#client.list('listClusters', {}),
      this.#readDocument(),
    ]);
    const claimed = await this.#claims.findClaimed(apps);
    const unclaimed = apps.filter(({ name }) => !claimed.has(name));
    const owner = { owner: this.#platformOwner };
    return [
      ...(await Promise.all(
        unclaimed.map(async app =>
          appEntity(app, await this.#readCatalogInfo(app)),
        ),
      )),
      ...clusters.map(cluster => clusterEntity(cluster, owner)),
      ...blueprintEntities(clusters, owner),
      apiEntity(document, owner),
    ];
  }

  /** Requested again only when the app has a newer release. */
  async #readCatalogInfo(app: App): Promise<string | undefined> {
    const revision = app.environments[0]?.release?.revision;
    const known = this.#catalogInfos.get(app.name);
    if (known && known.revision === revision) return known.text;
    const { text } = await this.#client.ask('getCatalogInfo', {
      path: { app: app.name },
    });
    this.#catalogInfos.set(app.name, { revision, text: text ?? undefined });
    return text ?? undefined;
  }

  /**
   * Requested again only after an interval without changes: the document
   * changes only with the version of Callboard.
   */
  async #readDocument(): Promise<string> {
    this.#document ??= await this.#client.readDocument();
    return this.#document;
  }

  async #pause(ms: number, sooner?: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([
      this.#stopped.signal,
      ...(sooner ? [sooner] : []),
    ]);
    await wait(ms, undefined, { signal, ref: false }).catch(() => {}); // an abort only ends the pause early
  }
}
