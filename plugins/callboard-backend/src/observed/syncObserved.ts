import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  type QueryEntitiesResponse,
} from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { type Observable, readObservable } from './readObservable';

const MOST = 500;
const PAGE = 500;
const MAX_PAGES = 20;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
];

export interface ObservedDeps {
  auth: AuthService;
  catalog: Pick<CatalogService, 'queryEntities'>;
  controlPlane: Pick<ControlPlane, 'syncObservedApps'>;
  logger: LoggerService;
}

/**
 * Updates the control plane's list of observed components from the catalog: the
 * first 500 by reference. Rejects when the catalog does not respond; the list
 * then stays unchanged.
 */
export async function syncObserved(deps: ObservedDeps): Promise<void> {
  const found = (await readAll(deps)).sort((a, b) =>
    a.entityRef < b.entityRef ? -1 : 1,
  );
  if (found.length > MOST)
    deps.logger.warn(
      `Of ${found.length} components that name what runs on clusters the first ${MOST} are observed`,
    );
  await deps.controlPlane.syncObservedApps(found.slice(0, MOST));
}

async function readAll({ auth, catalog }: ObservedDeps): Promise<Observable[]> {
  const credentials = await auth.getOwnServiceCredentials();
  const found: Observable[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer: QueryEntitiesResponse = await catalog.queryEntities(
      cursor === undefined
        ? {
            filter: [
              ENTITY_ANNOTATIONS.observe,
              ENTITY_ANNOTATIONS.kubernetesId,
            ].map(annotation => ({
              kind: 'component',
              [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
            })),
            fields: FIELDS,
            limit: PAGE,
          }
        : { cursor, fields: FIELDS, limit: PAGE },
      { credentials },
    );
    for (const entity of answer.items) {
      const observable = readObservable(entity);
      if (observable) found.push(observable);
    }
    cursor = answer.pageInfo.nextCursor;
    if (cursor === undefined) break;
  }
  return found;
}
