import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_MEMBER_OF,
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Ownership of a user in the catalog. */
export interface UserOwnership {
  /** Entity references the user acts for, including their own. */
  refs: string[];
  /** Undefined where the catalog does not respond. */
  isInCatalog: boolean | undefined;
}

const KEEP_MS = 2_000; // a push resolves several times; users who left a group must not fetch for long

/**
 * Creates a resolver that reads a user's entity references from the catalog:
 * the user and their groups. For a user that the catalog does not know, or
 * while it does not respond, only the user.
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
