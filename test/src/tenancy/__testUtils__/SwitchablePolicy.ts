import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  type PolicyDecision,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a policy is a module of the portal's backend
import {
  CallboardOwnerPolicy,
  appConditions,
  createAppConditionalDecision,
} from '@callboard/plugin-callboard-backend';
import {
  ENTITY_ANNOTATIONS,
  RESOURCE_TYPE_APP,
} from '@callboard/plugin-callboard-common';
import { PLATFORM_TEAM, READERS } from '../people';

/**
 * The shipped policy, and the one that a company writes where not everybody may
 * see every app: there an app and its component in the catalog are its owner's,
 * the platform team's and the approvers'.
 */
export class SwitchablePolicy implements PermissionPolicy {
  reads: 'everybody' | 'owners' = 'everybody';
  readonly #shipped = new CallboardOwnerPolicy({
    playground: false,
    platformTeam: [PLATFORM_TEAM],
  });

  async handle(
    query: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = query;
    if (this.reads === 'everybody' || !user)
      return this.#shipped.handle(query, user);
    const claims = user.info.ownershipEntityRefs;
    const isReader = claims.some(ref => READERS.includes(ref));
    const isRead = permission.attributes.action === 'read';
    if (isResourcePermission(permission, RESOURCE_TYPE_APP) && isRead)
      return isReader
        ? { result: AuthorizeResult.ALLOW }
        : createAppConditionalDecision(
            permission,
            appConditions.isAppOwner({ claims }),
          );
    if (isResourcePermission(permission, 'catalog-entity') && isRead)
      return isReader
        ? { result: AuthorizeResult.ALLOW }
        : createCatalogConditionalDecision(permission, {
            anyOf: [
              catalogConditions.isEntityOwner({ claims }),
              {
                not: catalogConditions.hasAnnotation({
                  annotation: ENTITY_ANNOTATIONS.app,
                }),
              },
            ],
          });
    return this.#shipped.handle(query, user);
  }
}
