import type {
  AuthService,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
  type Permission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  type Problem,
  ProblemError,
  RESOURCE_TYPE_APP,
  appReadPermission,
} from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { Request } from 'express';
import type { IdentifyToken } from '../git';
import { RequestTurns } from '../doors/RequestTurns';
import type { Caller, SignedIn } from './Caller';
import { readClaims } from './readClaims';
import { KnownCallers } from './KnownCallers';
import {
  type OwnedApp,
  type TokenPermissions,
  appResourceRef,
} from '../permissions';
import { readIssuedToken, signInByToken } from './tokenSignIn';

export type AppPermission = ResourcePermission<typeof RESOURCE_TYPE_APP>;

export interface GuardDeps {
  auth: AuthService;
  controlPlane: Pick<ControlPlane, 'findOwnedApp'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  userInfo: UserInfoService;
  /** Resolves the holder of a token that a person created in the portal. */
  identifyToken: IdentifyToken;
  tokenPermissions: Pick<TokenPermissions, 'decide'>;
  now(): Date;
}

/** The apps for which a permission is granted. */
export interface AppDecision {
  isForAll: boolean;
  isAllowed(app: OwnedApp): boolean;
}

/** Authenticates callers and checks their permissions with Backstage. Refusals are thrown as problems. */
export class Guard {
  readonly #deps: GuardDeps;
  readonly #callers: KnownCallers;
  readonly #turns = new RequestTurns();

  constructor(deps: GuardDeps) {
    this.#deps = deps;
    this.#callers = new KnownCallers(deps.now);
  }

  /** Authenticates the sender of this request. */
  async identify(req: Request): Promise<Caller> {
    const kept = this.#callers.find(req);
    if (kept) return kept;
    const token = readIssuedToken(req);
    if (token !== undefined)
      return signInByToken(req, token, this.#deps.identifyToken);
    const credentials = await this.#deps.httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    await new Promise<void>(go => this.#turns.enter(go)); // many requests are recognized in the same moment
    const { principal } = credentials;
    const caller: SignedIn = {
      credentials,
      actor:
        principal.type === 'user'
          ? nameUser(principal.userEntityRef, req)
          : `service:${principal.subject}`,
    };
    this.#callers.keep(req, caller);
    return caller;
  }

  /** Returns the entity references a user acts for; undefined for a service, which acts for everyone. */
  async ownershipRefs({
    credentials,
    readHolder,
  }: Caller): Promise<string[] | undefined> {
    if (readHolder) return (await readHolder()).ownershipRefs;
    if (!this.#deps.auth.isPrincipal(credentials, 'user')) return undefined;
    return (await this.#deps.userInfo.getUserInfo(credentials))
      .ownershipEntityRefs;
  }

  async demand(caller: Caller, permission: BasicPermission): Promise<void> {
    const { permissions, tokenPermissions } = this.#deps;
    const [decision] = caller.readHolder
      ? [await tokenPermissions.decide(permission, await caller.readHolder())]
      : await permissions.authorize([{ permission }], caller);
    if (decision.result !== AuthorizeResult.ALLOW)
      throw new ProblemError(lacksPermission(permission));
  }

  /**
   * Throws the same problem for a missing app and for one that the caller may
   * not see. For callers who may see every app, the route itself reports a
   * missing app.
   *
   * @param options - `at`: includes an app deleted since, whose past belongs to
   *   its last owner; `orDeleted`: includes deleted apps now, too
   * @returns whether the caller may see every app
   */
  async demandToSee(
    caller: Caller,
    app: string,
    {
      at,
      orDeleted = at !== undefined,
    }: { at?: Date; orDeleted?: boolean } = {},
  ): Promise<{ isForAll: boolean }> {
    const decision = await this.decideForApps(caller, appReadPermission);
    if (!(await this.#isAllowed(decision, app, { orDeleted })))
      throw new ProblemError(appNotFound(app));
    return decision;
  }

  async mayForApp(
    caller: Caller,
    permission: AppPermission,
    app: string,
    options?: { orDeleted: boolean },
  ): Promise<boolean> {
    return this.#isAllowed(
      await this.decideForApps(caller, permission),
      app,
      options,
    );
  }

  /** Returns a filter of the apps for which the permission is granted, with one authorization request. */
  async filterApps(
    caller: Caller,
    permission: AppPermission,
  ): Promise<(app: OwnedApp) => boolean> {
    return (await this.decideForApps(caller, permission)).isAllowed;
  }

  /** As {@link filterApps}, and whether the permission holds for every app without conditions. */
  async decideForApps(
    caller: Caller,
    permission: AppPermission,
  ): Promise<AppDecision> {
    const { permissions, tokenPermissions } = this.#deps;
    const [decision] = caller.readHolder
      ? [await tokenPermissions.decide(permission, await caller.readHolder())]
      : await permissions.authorizeConditional([{ permission }], caller);
    const isAllowed = createConditionAuthorizer(
      this.#deps.permissionsRegistry.getPermissionRuleset(appResourceRef),
    );
    return {
      isForAll: decision.result === AuthorizeResult.ALLOW,
      isAllowed: app => isAllowed(decision, app),
    };
  }

  async #isAllowed(
    { isForAll, isAllowed }: AppDecision,
    app: string,
    options?: { orDeleted: boolean },
  ): Promise<boolean> {
    if (isForAll) return true;
    const owned = await this.#deps.controlPlane.findOwnedApp(app, options);
    return owned !== undefined && isAllowed(owned);
  }
}

/** A program with a person's key is recorded as a program: the person may not be aware of the call. */
function nameUser(userEntityRef: string, req: Request): string {
  const isProgram = readClaims(req)?.callboard_by === 'program'; // a claim of the guest sign-in
  return isProgram
    ? userEntityRef.replace(/^user:/, 'program:')
    : userEntityRef;
}

/** The app does not exist, or the caller may not see it: the response is the same. */
export function appNotFound(app: string): Problem {
  return {
    code: 'app-not-found',
    what: `Cannot find app "${app}"`,
    why: 'there is none of this name, or you may not see it',
    next: 'Check the name, or ask the owner of the app',
    transient: false,
  };
}

function lacksPermission(permission: Permission): Problem {
  return {
    code: 'not-allowed',
    what: 'You may not do this',
    why: `your account does not have the permission ${permission.name}`,
    next: 'Ask the platform team',
    transient: false,
  };
}
