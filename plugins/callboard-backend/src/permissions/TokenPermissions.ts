import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
  isPermission,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_APP,
  appCreatePermission,
} from '@callboard/plugin-callboard-common';
import type { LocalPolicy } from './LocalPolicy';
import { appConditions, createAppConditionalDecision } from './rules';

/** Whom a token stands for. */
export interface TokenPerson {
  userEntityRef: string;
  /** Entity references the person acts for, as the catalog says now. */
  ownershipRefs: string[];
}

export interface TokenPermissionsDeps {
  local: Pick<LocalPolicy, 'policy'>;
  isEnabled: boolean;
}

/**
 * Decides what a token for the command line may. Backstage gives nobody a
 * sign-in of a user who is not there, and its permission backend answers
 * sign-ins alone: only a policy of this process can be asked about a person.
 * Where there is none the rule `IS_APP_OWNER` decides, as it does for git, about
 * seeing an app too. What is not about apps is refused whatever the policy says.
 */
export class TokenPermissions {
  readonly #deps: TokenPermissionsDeps;

  constructor(deps: TokenPermissionsDeps) {
    this.#deps = deps;
  }

  async decide(
    permission: Permission,
    person: TokenPerson,
  ): Promise<PolicyDecision> {
    const isOfApps =
      isResourcePermission(permission, RESOURCE_TYPE_APP) ||
      isPermission(permission, appCreatePermission);
    if (!isOfApps) return { result: AuthorizeResult.DENY };
    const { local, isEnabled } = this.#deps;
    if (isEnabled && local.policy)
      return checkResource(
        permission,
        await local.policy.handle({ permission }, describeUser(person)),
      );
    return isResourcePermission(permission, RESOURCE_TYPE_APP)
      ? createAppConditionalDecision(
          permission,
          appConditions.isAppOwner({ claims: person.ownershipRefs }),
        )
      : { result: AuthorizeResult.ALLOW };
  }
}

/** As a policy is given who asks. The credentials name the person and open nothing. */
function describeUser({ userEntityRef, ownershipRefs }: TokenPerson) {
  const credentials: BackstageCredentials<BackstageUserPrincipal> = {
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'user', userEntityRef },
  };
  return {
    credentials,
    info: { userEntityRef, ownershipEntityRefs: ownershipRefs },
    // What older policies read: there is no sign-in, so no token.
    token: '',
    identity: {
      type: 'user' as const,
      userEntityRef,
      ownershipEntityRefs: ownershipRefs,
    },
  };
}

/** Conditions count on apps alone. */
function checkResource(
  permission: Permission,
  decision: PolicyDecision,
): PolicyDecision {
  const isOther =
    decision.result === AuthorizeResult.CONDITIONAL &&
    (!isResourcePermission(permission, RESOURCE_TYPE_APP) ||
      decision.resourceType !== RESOURCE_TYPE_APP);
  return isOther ? { result: AuthorizeResult.DENY } : decision;
}
