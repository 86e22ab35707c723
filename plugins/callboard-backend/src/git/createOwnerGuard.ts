import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { findClaims, ownersOf } from './findClaims';

/**
 * Refuses an owner that the catalog does not know, and one that differs from
 * the owner of the component that claims the app, since the two would no longer
 * agree.
 *
 * @returns the owner as the catalog writes it
 */
export type OwnerGuard = (transfer: {
  app: string;
  /** The current owner. */
  from: string;
  /** The new owner as entered: `group:default/payments`, `payments`. */
  to: string;
  /** An entity hidden from these credentials is treated as missing. */
  credentials?: BackstageCredentials;
}) => Promise<Result<string>>;

/** Creates an owner guard that queries the catalog. While the catalog does not respond, no app changes its owner. */
export function createOwnerGuard(deps: {
  auth: AuthService;
  catalog: CatalogService;
}): OwnerGuard {
  const { auth, catalog } = deps;
  return async ({ app, from, to, credentials }) => {
    const ref = readOwner(to);
    if (ref === undefined) return failed(ownerUnknown(app, to));
    if (ref === from) return ok(ref);
    try {
      const own = await auth.getOwnServiceCredentials();
      const known = await catalog.getEntityByRef(ref, {
        credentials: credentials ?? own,
      });
      if (!known) return failed(ownerUnknown(app, ref));
      for (const entity of await findClaims(app, { auth, catalog })) {
        const owners = ownersOf(entity);
        if (owners.includes(from) && !owners.includes(ref))
          return failed(
            ownedInCatalog(app, {
              entity: stringifyEntityRef(entity),
              to: ref,
            }),
          );
      }
      return ok(ref);
    } catch {
      return failed(catalogSilent(app));
    }
  };
}

/** Reads a user or a group; a plain name is a group's. */
function readOwner(text: string): string | undefined {
  try {
    const ref = parseEntityRef(text.trim(), {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    const kind = ref.kind.toLocaleLowerCase('en-US');
    return kind === 'group' || kind === 'user'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

function ownerUnknown(app: string, owner: string): Problem {
  return {
    code: 'owner-unknown',
    what: `Cannot transfer "${app}" to ${owner.slice(0, 255)}`,
    why: 'the catalog has no such user or group, or you may not see it',
    next: 'Name one as the catalog does, such as group:default/payments',
    transient: false,
  };
}

function ownedInCatalog(
  app: string,
  { entity, to }: { entity: string; to: string },
): Problem {
  return {
    code: 'owner-in-catalog',
    what: `Cannot transfer "${app}" to ${to}`,
    why: `${entity} of the catalog is its entity, and says whose it is`,
    next: `Change spec.owner of ${entity} to ${to} first, and transfer the app once the catalog has it`,
    transient: false,
  };
}

function catalogSilent(app: string): Problem {
  return {
    code: 'catalog-unavailable',
    what: `Cannot transfer "${app}"`,
    why: 'the catalog does not answer, and cannot say who there is',
    next: 'Try again in a minute',
    transient: true,
  };
}
