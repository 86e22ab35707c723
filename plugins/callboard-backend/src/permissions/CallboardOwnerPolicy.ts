import {
  AuthorizeResult,
  type PolicyDecision,
  isPermission,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_APP,
  clusterManagePermission,
  playgroundUsePermission,
} from '@callboard/plugin-callboard-common';
import { appConditions, createAppConditionalDecision } from './rules';

/**
 * Who may do what, where nothing else was agreed:
 *
 * - without sign-in: nothing
 * - seeing: everybody who is signed in
 * - changing an app (push, promote): who owns it, alone or through a group
 * - clusters and the playground's switches: everybody in the playground, nobody elsewhere
 * - permissions of other plugins: everybody who is signed in
 */
export class CallboardOwnerPolicy implements PermissionPolicy {
  readonly #playground: boolean;

  constructor(options: { playground: boolean }) {
    this.#playground = options.playground;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return { result: AuthorizeResult.DENY };
    if (
      isResourcePermission(permission, RESOURCE_TYPE_APP) &&
      permission.attributes.action !== 'read'
    ) {
      return createAppConditionalDecision(
        permission,
        appConditions.isAppOwner({ claims: user.info.ownershipEntityRefs }),
      );
    }
    if (
      isPermission(permission, clusterManagePermission) ||
      isPermission(permission, playgroundUsePermission)
    ) {
      return {
        result: this.#playground ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      };
    }
    return { result: AuthorizeResult.ALLOW };
  }
}
