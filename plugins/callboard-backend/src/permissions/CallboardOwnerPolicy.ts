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
  appUpdatePermission,
  clusterManagePermission,
  playgroundUsePermission,
} from '@callboard/plugin-callboard-common';
import { appConditions, createAppConditionalDecision } from './rules';

/**
 * The default policy:
 *
 * - without sign-in: nothing
 * - reading: everyone who is signed in
 * - changing an app (push, promote): its owner, directly or through a group
 * - renaming, describing and transferring an app: its owner, and the platform
 *   team
 * - clusters: the platform team; in the playground everyone
 * - the playground's switches: everyone in the playground
 * - permissions of other plugins: everyone who is signed in
 */
export class CallboardOwnerPolicy implements PermissionPolicy {
  readonly #playground: boolean;
  readonly #platformTeam: readonly string[];

  /** @param options - `platformTeam`: entity references of users and groups */
  constructor(options: {
    playground: boolean;
    platformTeam?: readonly string[];
  }) {
    this.#playground = options.playground;
    this.#platformTeam = options.platformTeam ?? [];
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return { result: AuthorizeResult.DENY };
    const isOfTeam = user.info.ownershipEntityRefs.some(ref =>
      this.#platformTeam.includes(ref),
    );
    if (isPermission(permission, appUpdatePermission) && isOfTeam)
      return { result: AuthorizeResult.ALLOW };
    if (
      isResourcePermission(permission, RESOURCE_TYPE_APP) &&
      permission.attributes.action !== 'read'
    ) {
      return createAppConditionalDecision(
        permission,
        appConditions.isAppOwner({ claims: user.info.ownershipEntityRefs }),
      );
    }
    if (isPermission(permission, clusterManagePermission)) {
      return allowIf(this.#playground || isOfTeam);
    }
    if (isPermission(permission, playgroundUsePermission))
      return allowIf(this.#playground);
    return { result: AuthorizeResult.ALLOW };
  }
}

function allowIf(isAllowed: boolean): PolicyDecision {
  return { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
}
