import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_MEMBER_OF,
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const KEEP_MS = 2_000; // a push asks several times; who left a group must not fetch for long

/**
 * Asks the catalog what a user acts for: itself and its groups. A user the
 * catalog does not know, or a catalog that does not answer, gives the user
 * alone.
 */
export function createOwnershipResolver(deps: {
  auth: AuthService;
  catalog: CatalogService;
  now(): Date;
}): (userEntityRef: string) => Promise<string[]> {
  const known = new Map<string, { until: number; refs: string[] }>();
  return async userEntityRef => {
    const user = stringifyEntityRef(
      parseEntityRef(userEntityRef, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
    const kept = known.get(user);
    if (kept && kept.until > deps.now().getTime()) return kept.refs;
    const credentials = await deps.auth.getOwnServiceCredentials();
    const entity = await deps.catalog
      .getEntityByRef(user, { credentials })
      .catch(() => undefined);
    if (!entity) return [user];
    const groups = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef);
    const refs = [
      ...new Set([
        user,
        stringifyEntityRef(getCompoundEntityRef(entity)),
        ...groups,
      ]),
    ];
    known.set(user, { until: deps.now().getTime() + KEEP_MS, refs });
    return refs;
  };
}
