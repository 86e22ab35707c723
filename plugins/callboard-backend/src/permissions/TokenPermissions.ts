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

/** The holder of a token. */
export interface TokenPerson {
  userEntityRef: string;
  /** Entity references the person acts for, from the catalog now. */
  ownershipRefs: string[];
}

export interface TokenPermissionsDeps {
  local: Pick<LocalPolicy, 'policy'>;
  isEnabled: boolean;
}

/**
 * Decides the permissions of a token for the command line. Backstage issues no
 * sign-in for a user who is not present, and its permission backend accepts
 * only sign-ins: only a policy of this process can be evaluated for a person.
 * Without one the rule `IS_APP_OWNER` decides, as for git, also about reading
 * an app. Permissions that do not concern apps are denied, whatever the policy.
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

/** Describes the person as input of a policy. The credentials name the person and authenticate nothing. */
function describeUser({ userEntityRef, ownershipRefs }: TokenPerson) {
  const credentials: BackstageCredentials<BackstageUserPrincipal> = {
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'user', userEntityRef },
  };
  return {
    credentials,
    info: { userEntityRef, ownershipEntityRefs: ownershipRefs },
    // Older policies read it: without a sign-in there is no token.
    token: '',
    identity: {
      type: 'user' as const,
      userEntityRef,
      ownershipEntityRefs: ownershipRefs,
    },
  };
}

/** Conditions are supported only on apps. */
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
