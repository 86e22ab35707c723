import type { AuthService } from '@backstage/backend-plugin-api';
import { type Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ENTITY_ANNOTATIONS,
  isOwnEntity,
} from '@callboard/plugin-callboard-common';

const MAX_CLAIMS = 100; // the first one of another owner refuses

/** Returns the components that claim the name of an app, by their own name or by the annotation `callboard.dev/app`. */
export async function findClaims(
  app: string,
  { auth, catalog }: { auth: AuthService; catalog: CatalogService },
): Promise<Entity[]> {
  const credentials = await auth.getOwnServiceCredentials();
  const [named, { items }] = await Promise.all([
    catalog.getEntityByRef(`component:default/${app}`, { credentials }),
    catalog.queryEntities(
      {
        filter: {
          kind: 'component',
          [`metadata.annotations.${ENTITY_ANNOTATIONS.app}`]: app,
        },
        limit: MAX_CLAIMS,
      },
      { credentials },
    ),
  ]);
  return [...(named ? [named] : []), ...items].filter(
    entity => !isOwnEntity(entity), // Callboard's own entity of an earlier app
  );
}

/** Returns the owners of an entity, from its relations. */
export function ownersOf({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
}
