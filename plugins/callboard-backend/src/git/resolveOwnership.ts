import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_MEMBER_OF,
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** What the catalog says of a user. */
export interface UserOwnership {
  /** Entity references the user acts for, their own among them. */
  refs: string[];
  /** Undefined where the catalog does not answer. */
  isInCatalog: boolean | undefined;
}

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
}): (userEntityRef: string) => Promise<UserOwnership> {
  const known = new Map<string, { until: number; refs: string[] }>();
  return async userEntityRef => {
    const user = stringifyEntityRef(
      parseEntityRef(userEntityRef, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
    const kept = known.get(user);
    if (kept && kept.until > deps.now().getTime())
      return { refs: kept.refs, isInCatalog: true };
    const credentials = await deps.auth.getOwnServiceCredentials();
    const answer = await deps.catalog
      .getEntityByRef(user, { credentials })
      .then(
        found => ({ found }),
        () => undefined,
      );
    const entity = answer?.found;
    if (!entity) return { refs: [user], isInCatalog: answer && false };
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
    return { refs, isInCatalog: true };
  };
}
