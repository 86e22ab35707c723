import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { findClaims, ownersOf } from './findClaims';

/**
 * Refuses the name of a new app that a component of the catalog claims, by its
 * own name or by the annotation `callboard.dev/app`, unless the creator acts
 * for the owner of every such component.
 *
 * @returns the owner of the components, where one claims the name
 */
export type NameGuard = (
  app: string,
  creator: {
    ownershipRefs: readonly string[];
    /** The owner of the component is named only to users who may see it in the catalog; never without a sign-in. */
    credentials?: BackstageCredentials;
    /** The requested owner; one that differs from the components' is refused. */
    owner?: string;
  },
) => Promise<Result<{ owner?: string }>>;

/** Creates a name guard that queries the catalog. While the catalog does not respond, no app is created. */
export function createNameGuard(deps: {
  auth: AuthService;
  catalog: CatalogService;
}): NameGuard {
  const { catalog } = deps;
  const isShownTo = async (
    entity: Entity,
    credentials: BackstageCredentials | undefined,
  ) =>
    credentials !== undefined &&
    (await catalog
      .getEntityByRef(stringifyEntityRef(entity), { credentials })
      .catch(() => undefined)) !== undefined;

  return async (app, { ownershipRefs, credentials, owner }) => {
    const claims = await findClaims(app, deps).catch(() => undefined);
    if (!claims) return failed(catalogSilent(app));
    const isMine = (ref: string) => ownershipRefs.includes(ref);
    const foreign = claims.find(entity => !ownersOf(entity).some(isMine));
    if (foreign) {
      const isShown = await isShownTo(foreign, credentials);
      return failed(nameTaken(app, isShown ? ownersOf(foreign) : []));
    }
    const owners = claims.flatMap(ownersOf).filter(isMine);
    if (owners.length === 0) return ok({});
    if (owner !== undefined && !owners.includes(owner))
      return failed(otherOwner(app, { asked: owner, claimed: owners[0] }));
    return ok({ owner: owner ?? owners[0] });
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

function otherOwner(
  app: string,
  { asked, claimed }: { asked: string; claimed: string },
): Problem {
  return {
    code: 'not-owner',
    what: `Cannot create "${app}" for ${asked}`,
    why: `its component in the catalog belongs to ${claimed}`,
    next: `Choose ${claimed} as the owner, or change the owner of the component`,
    transient: false,
  };
}

function catalogSilent(app: string): Problem {
  return {
    code: 'catalog-unavailable',
    what: `Cannot create "${app}"`,
    why: 'the catalog does not answer, and cannot say whose the name is',
    next: 'Try again in a minute',
    transient: true,
  };
}
