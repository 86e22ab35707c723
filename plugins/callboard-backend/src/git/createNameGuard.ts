import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ENTITY_ANNOTATIONS,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';

/** Refuses the name of a new app where a component of the catalog has it that belongs to somebody else. */
export type NameGuard = (
  app: string,
  creator: {
    ownershipRefs: readonly string[];
    /** Who owns the component is told to who may see it in the catalog; to nobody without a sign-in. */
    credentials?: BackstageCredentials;
  },
) => Promise<Result<void>>;

/**
 * A name guard that asks the catalog. A catalog that does not answer refuses
 * nothing: an app of that name would be left out of the catalog, not replace
 * what is there.
 */
export function createNameGuard(deps: {
  auth: AuthService;
  catalog: CatalogService;
}): NameGuard {
  const find = (app: string, credentials: BackstageCredentials) =>
    deps.catalog
      .getEntityByRef(`component:default/${app}`, { credentials })
      .catch(() => undefined);
  return async (app, { ownershipRefs, credentials }) => {
    const entity = await find(app, await deps.auth.getOwnServiceCredentials());
    if (!entity) return ok(undefined);
    if (entity.metadata.annotations?.[ENTITY_ANNOTATIONS.app] === app)
      return ok(undefined); // ours: of an app that was there before
    const owners = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
    if (owners.some(owner => ownershipRefs.includes(owner)))
      return ok(undefined);
    const isShown = credentials && (await find(app, credentials));
    return failed(nameTaken(app, isShown ? owners : []));
  };
}

function nameTaken(app: string, owners: readonly string[]): Problem {
  return {
    code: 'app-name-taken',
    what: `Cannot create "${app}"`,
    why: `the catalog has a component of this name, which belongs to ${
      owners.slice(0, 3).join(', ') || 'somebody else'
    }`,
    next: 'Choose another name for your app, or ask its owner',
    transient: false,
  };
}
