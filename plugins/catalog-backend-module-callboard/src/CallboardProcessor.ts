import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  getCompoundEntityRef,
} from '@backstage/catalog-model';
import {
  type CatalogProcessor,
  type CatalogProcessorCache,
  type CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';
import type { AppIndex } from './AppIndex';
import { type Claim, type Contenders, isHeld, readClaim } from './claims';
import { LINK_TYPE, formatRunsOn } from './entities';

const CACHE_KEY = 'facts';

/** Facts that Callboard adds to an entity. */
type Facts = {
  /** Cluster names, each with its display name. */
  clusters: Array<[string, string]>;
  links: Array<{ url: string; title: string }>;
};

const NOTHING: Facts = { clusters: [], links: [] };

/**
 * Adds facts about an app to the Component of the company that claims it:
 * relations to the clusters that it runs on, their names for search, and links
 * to its addresses. Annotations of other plugins are kept.
 */
export class CallboardProcessor implements CatalogProcessor {
  readonly #apps: AppIndex;
  readonly #contenders: Contenders;

  constructor(deps: { apps: AppIndex; contenders: Contenders }) {
    this.#apps = deps.apps;
    this.#contenders = deps.contenders;
  }

  getProcessorName(): string {
    return 'CallboardProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: unknown,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (entity.kind === 'Location') this.#readAgain(entity, emit);
    const claim = readClaim(entity);
    if (!claim) return entity;
    const facts = await this.#factsOf(claim, cache);
    for (const [name] of facts.clusters) {
      const app = getCompoundEntityRef(entity);
      const cluster = { kind: 'Resource', namespace: 'default', name };
      emit(
        processingResult.relation({
          source: app,
          target: cluster,
          type: RELATION_DEPENDS_ON,
        }),
      );
      emit(
        processingResult.relation({
          source: cluster,
          target: app,
          type: RELATION_DEPENDENCY_OF,
        }),
      );
    }
    return withFacts(entity, facts);
  }

  /** The catalog accepts an entity that it refused before only when the output of its location has changed. */
  #readAgain({ metadata }: Entity, emit: CatalogProcessorEmit): void {
    const origin = metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
    if (origin !== undefined && this.#contenders.origins.includes(origin))
      emit(processingResult.refresh(`callboard-claim:${origin}`));
  }

  /**
   * Returns the cached facts until the apps have been read after a start, so
   * that relations do not disappear for a while.
   */
  async #factsOf(claim: Claim, cache: CatalogProcessorCache): Promise<Facts> {
    if (!this.#apps.isRead)
      return (await cache.get<Facts>(CACHE_KEY)) ?? NOTHING;
    const app = this.#apps.find(claim.app);
    const facts: Facts =
      app && isHeld(claim, app)
        ? {
            clusters: [...app.clusters],
            links: app.links.map(({ url, title = url }) => ({ url, title })),
          }
        : NOTHING;
    await cache.set(CACHE_KEY, facts);
    return facts;
  }
}

/** Replaces the annotation and the links of this type from the file: Callboard owns both. */
function withFacts(entity: Entity, { clusters, links }: Facts): Entity {
  const { [ENTITY_ANNOTATIONS.runsOn]: _given, ...others } =
    entity.metadata.annotations ?? {};
  const runsOn = formatRunsOn(new Map(clusters));
  const shown = [
    ...(entity.metadata.links ?? []).filter(({ type }) => type !== LINK_TYPE),
    ...links.map(link => ({ ...link, type: LINK_TYPE })),
  ];
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      ...((shown.length > 0 || entity.metadata.links) && { links: shown }),
      annotations: {
        ...others,
        ...(runsOn !== undefined && { [ENTITY_ANNOTATIONS.runsOn]: runsOn }),
      },
    },
  };
}
