import type { AuthService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CATALOG_FILTER_EXISTS,
  type QueryEntitiesResponse,
} from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ENTITY_ANNOTATIONS,
  isOwnEntity,
} from '@callboard/plugin-callboard-common';
import { type Claim, readClaim } from './Claim';
import { ownRefOf } from './judgeClaims';

const PAGE = 500;
const MAX_PAGES = 100;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.links',
  'spec.owner',
];

export interface CatalogReader {
  auth: AuthService;
  catalog: Pick<CatalogService, 'queryEntities' | 'getEntitiesByRefs'>;
}

/** Returns all claims of the catalog, 50,000 at most. Rejects when the catalog does not respond. */
export async function readClaims({
  auth,
  catalog,
}: CatalogReader): Promise<Claim[]> {
  const credentials = await auth.getOwnServiceCredentials();
  const claims: Claim[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer: QueryEntitiesResponse = await catalog.queryEntities(
      cursor === undefined
        ? {
            filter: {
              kind: 'component',
              [`metadata.annotations.${ENTITY_ANNOTATIONS.app}`]:
                CATALOG_FILTER_EXISTS,
            },
            fields: FIELDS,
            limit: PAGE,
          }
        : { cursor, fields: FIELDS, limit: PAGE },
      { credentials },
    );
    for (const entity of answer.items) {
      const claim = readClaim(entity);
      if (claim) claims.push(claim);
    }
    cursor = answer.pageInfo.nextCursor;
    if (cursor === undefined) break;
  }
  return claims;
}

/** Returns the apps whose component comes from another source of the catalog. */
export async function readTakenNames(
  apps: readonly string[],
  { auth, catalog }: CatalogReader,
): Promise<Set<string>> {
  const credentials = await auth.getOwnServiceCredentials();
  const taken = new Set<string>();
  for (let first = 0; first < apps.length; first += PAGE) {
    const names = apps.slice(first, first + PAGE);
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: names.map(ownRefOf), fields: FIELDS },
      { credentials },
    );
    const foreign = items
      .filter((entity): entity is Entity => entity !== undefined)
      .filter(entity => !isOwnEntity(entity))
      .map(stringifyEntityRef);
    for (const name of names)
      if (foreign.includes(ownRefOf(name))) taken.add(name);
  }
  return taken;
}
