import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { App } from '@callboard/plugin-callboard-common';
import type { AppIndex } from './AppIndex';
import {
  type Claim,
  type Contenders,
  isHeld,
  judgeClaims,
  readClaims,
  readTakenNames,
} from './claims';
import { clustersOf, formatRunsOn, linksOf } from './entities';

/** Per round; the next round continues with the rest. */
const MAX_REFRESHES = 50;

export interface ClaimSyncDeps {
  auth: AuthService;
  catalog: Pick<
    CatalogService,
    'queryEntities' | 'getEntitiesByRefs' | 'refreshEntity'
  >;
  apps: AppIndex;
  contenders: Contenders;
  now(): number;
}

/** Finds the apps that have an entity of the company and lets the catalog process those entities again. */
export class ClaimSync {
  readonly #deps: ClaimSyncDeps;
  #claims: readonly Claim[] = [];

  constructor(deps: ClaimSyncDeps) {
    this.#deps = deps;
  }

  /**
   * Returns the names of apps that Callboard leaves out of the catalog: those
   * with an entity that claims them, and those whose name another entity uses.
   * Rejects when the catalog does not respond.
   */
  async findClaimed(apps: readonly App[]): Promise<ReadonlySet<string>> {
    const { contenders, now } = this.#deps;
    this.#deps.apps.replace(
      apps.map(app => ({
        name: app.name,
        owner: app.owner,
        clusters: clustersOf(app),
        links: linksOf(app),
      })),
    );
    const names = apps.map(({ name }) => name);
    const [claims, taken] = await Promise.all([
      readClaims(this.#deps),
      readTakenNames(names, this.#deps),
    ]);
    this.#claims = claims;
    const withdrawn = contenders.judge(apps, {
      isThere: app => taken.has(app),
      now: now(),
    });
    return new Set([
      ...judgeClaims(apps, claims).keys(),
      ...taken,
      ...withdrawn,
    ]);
  }

  /**
   * Refreshes entities that no longer show the clusters of their app, and
   * locations of entities that the catalog refused.
   */
  async refresh(): Promise<void> {
    const { auth, catalog } = this.#deps;
    const credentials = await auth.getOwnServiceCredentials();
    const outdated = this.#claims
      .filter(claim => this.#isOutdated(claim))
      .map(({ entityRef }) => entityRef);
    const refs = [...outdated, ...(await this.#findLocations())];
    for (const ref of refs.slice(0, MAX_REFRESHES))
      await catalog.refreshEntity(ref, { credentials }).catch(() => {}); // the entity may be deleted; the next round reads again
  }

  #isOutdated(claim: Claim): boolean {
    const found = this.#deps.apps.find(claim.app);
    const app = found && isHeld(claim, found) ? found : undefined;
    const urls = app ? app.links.map(({ url }) => url) : [];
    return (
      claim.runsOn !== (app && formatRunsOn(app.clusters)) ||
      claim.urls.join(' ') !== urls.join(' ')
    );
  }

  async #findLocations(): Promise<string[]> {
    const { auth, catalog, contenders } = this.#deps;
    const credentials = await auth.getOwnServiceCredentials();
    const refs: string[] = [];
    for (const origin of contenders.origins.slice(0, MAX_REFRESHES)) {
      const { items } = await catalog.queryEntities(
        {
          filter: {
            kind: 'location',
            [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: origin,
          },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          limit: MAX_REFRESHES,
        },
        { credentials },
      );
      refs.push(...items.map(item => stringifyEntityRef(item)));
    }
    return refs;
  }
}
