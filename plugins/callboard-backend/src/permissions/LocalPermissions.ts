import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
  PermissionsServiceRequestOptions,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  type AuthorizePermissionRequest,
  type AuthorizePermissionResponse,
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
  type QueryPermissionRequest,
  type QueryPermissionResponse,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import type { LocalPolicy } from './LocalPolicy';

const USER_MS = 2_000; // how long a group still counts after a user left it, beside Backstage's own 5 s
const REFRESH_MS = 1_000; // then it is read again, before a request has to wait for it
const MOST_USERS = 1_000;

export interface LocalPermissionsDeps {
  auth: AuthService;
  userInfo: UserInfoService;
  /** Calls the permission backend over HTTP, for everything that cannot be decided here. */
  remote: PermissionsService;
  local: Pick<LocalPolicy, 'policy'>;
  isEnabled: boolean;
  pluginId: string;
  /** Milliseconds of a monotonic clock. */
  nowMs(): number;
}

interface KnownUser {
  user: Promise<PolicyQueryUser>;
  readMs: number;
  isRefreshed?: boolean;
}

/**
 * Decides for users by the policy of this process: the decision of the
 * permission backend without the HTTP round trip. The policy is evaluated each
 * time, so that a withdrawn permission takes effect at once; only the identity
 * of a user and their groups are cached, for two seconds.
 *
 * Conditions on one resource are evaluated by the owning plugin: they, and
 * principals other than users, are sent over HTTP.
 */
export class LocalPermissions implements PermissionsService {
  readonly #deps: LocalPermissionsDeps;
  readonly #users = new Map<string, KnownUser>();

  constructor(deps: LocalPermissionsDeps) {
    this.#deps = deps;
  }

  async authorize(
    requests: AuthorizePermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ): Promise<AuthorizePermissionResponse[]> {
    const { remote } = this.#deps;
    const judge = await this.#judgeFor(options.credentials);
    if (!judge) return remote.authorize(requests, options);
    const decisions = await Promise.all(
      requests.map(({ permission }) => judge(permission)),
    );
    const isOpen = (index: number) =>
      decisions[index].result === AuthorizeResult.CONDITIONAL;
    const open = requests.filter((_, index) => isOpen(index));
    const answers =
      open.length > 0 ? await remote.authorize(open, options) : [];
    return requests.map((request, index) =>
      isOpen(index)
        ? answers[open.indexOf(request)]
        : (decisions[index] as AuthorizePermissionResponse),
    );
  }

  async authorizeConditional(
    queries: QueryPermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ): Promise<QueryPermissionResponse[]> {
    const judge = await this.#judgeFor(options.credentials);
    if (!judge) return this.#deps.remote.authorizeConditional(queries, options);
    return Promise.all(queries.map(({ permission }) => judge(permission)));
  }

  /** Undefined where this process cannot decide. */
  async #judgeFor(
    credentials: BackstageCredentials,
  ): Promise<
    ((permission: Permission) => Promise<PolicyDecision>) | undefined
  > {
    const { auth, local, isEnabled } = this.#deps;
    const { policy } = local;
    if (!policy || !isEnabled || !auth.isPrincipal(credentials, 'user'))
      return undefined;
    const user = await this.#userOf(credentials);
    return async permission =>
      checkDecision(permission, await policy.handle({ permission }, user));
  }

  #userOf(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<PolicyQueryUser> {
    const { userEntityRef } = credentials.principal;
    const known = this.#users.get(userEntityRef);
    const ageMs = known ? this.#deps.nowMs() - known.readMs : Infinity;
    if (!known || ageMs >= USER_MS) return this.#keepUser(credentials);
    if (ageMs >= REFRESH_MS && !known.isRefreshed) {
      known.isRefreshed = true;
      this.#keepUser(credentials, known).catch(() => {}); // a caller after the cache expired gets the error
    }
    return known.user;
  }

  /** @param known - kept until its successor was read */
  #keepUser(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
    known?: KnownUser,
  ): Promise<PolicyQueryUser> {
    const { userEntityRef } = credentials.principal;
    const user = this.#readUser(credentials);
    const next = { user, readMs: this.#deps.nowMs() };
    const put = () => {
      this.#users.delete(userEntityRef);
      this.#users.set(userEntityRef, next);
      if (this.#users.size > MOST_USERS) {
        const [oldest] = this.#users.keys();
        this.#users.delete(oldest);
      }
    };
    if (!known) put();
    user.then(
      () => {
        if (known && this.#users.get(userEntityRef) === known) put();
      },
      () => {
        if (this.#users.get(userEntityRef) === next)
          this.#users.delete(userEntityRef);
      },
    );
    return user;
  }

  /**
   * Reads the user as the permission backend does: on behalf of this plugin,
   * and with the current groups of the auth backend. The groups in the user's
   * own token date from their sign-in: they count where the auth backend has
   * none, as after a restart that lost its sessions.
   */
  async #readUser(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<PolicyQueryUser> {
    const { auth, userInfo, pluginId } = this.#deps;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: pluginId,
    });
    const asked = await auth.authenticate(token);
    if (!auth.isPrincipal(asked, 'user'))
      throw new Error('A token on behalf of a user is not one of a user');
    return {
      credentials: asked,
      info: await userInfo
        .getUserInfo(asked)
        .catch(() => userInfo.getUserInfo(credentials)),
    } as PolicyQueryUser;
  }
}

/** Checks that the permission backend makes too. */
function checkDecision(
  permission: Permission,
  decision: PolicyDecision,
): PolicyDecision {
  if (decision.result !== AuthorizeResult.CONDITIONAL) return decision;
  if (!isResourcePermission(permission))
    throw new Error(
      `The policy decided with conditions about ${permission.name}, which is not about a resource`,
    );
  if (decision.resourceType !== permission.resourceType)
    throw new Error(
      `The policy decided about ${permission.name} with conditions on another type of resource`,
    );
  return decision;
}
