import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
  createPermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  appPromotePermission,
  appReadPermission,
  clusterManagePermission,
} from '@callboard/plugin-callboard-common';
import { LocalPermissions } from './LocalPermissions';
import { appConditions, createAppConditionalDecision } from './rules';

const ALLOW = { result: AuthorizeResult.ALLOW } as const;
const DENY = { result: AuthorizeResult.DENY } as const;
const TEAM = 'group:default/platform';
const ANA = mockCredentials.user('user:default/ana');

describe('LocalPermissions', () => {
  const remote = {
    authorize: jest.fn(async (requests: unknown[]) => requests.map(() => DENY)),
    authorizeConditional: jest.fn(async (queries: unknown[]) =>
      queries.map(() => DENY),
    ),
  };
  /** Groups that the auth backend has of everybody. */
  let groups: string[];
  /** Whose own token names the groups of their sign-in. */
  let withGroups: object | undefined;
  let reads: number;
  let nowMs: number;
  let policy: PermissionPolicy | undefined;

  const ofTeam: PermissionPolicy = {
    handle: async (_, user?: PolicyQueryUser) =>
      user?.info.ownershipEntityRefs.includes(TEAM) ? ALLOW : DENY,
  };

  beforeEach(() => {
    jest.clearAllMocks();
    groups = [TEAM];
    withGroups = undefined;
    reads = 0;
    nowMs = 0;
    policy = ofTeam;
  });

  function open({ isEnabled = true } = {}) {
    return new LocalPermissions({
      auth: mockServices.auth({ pluginId: 'callboard' }),
      userInfo: {
        getUserInfo: async credentials => {
          reads += 1;
          const { principal } = credentials;
          const { userEntityRef } = principal as { userEntityRef: string };
          if (credentials === withGroups)
            return { userEntityRef, ownershipEntityRefs: [TEAM] };
          if (groups.length === 0) throw new Error('the auth backend is away');
          return { userEntityRef, ownershipEntityRefs: [...groups] };
        },
      },
      remote,
      local: {
        get policy() {
          return policy;
        },
      },
      isEnabled,
      pluginId: 'callboard',
      nowMs: () => nowMs,
    });
  }

  const manages = async (permissions: LocalPermissions, who = ANA) =>
    (
      await permissions.authorize([{ permission: clusterManagePermission }], {
        credentials: who,
      })
    )[0].result === AuthorizeResult.ALLOW;

  const wasAskedOverHttp = () =>
    remote.authorize.mock.calls.length +
      remote.authorizeConditional.mock.calls.length >
    0;

  it('decides for users by the policy of this process, without a question over HTTP', async () => {
    const permissions = open();
    expect(await manages(permissions)).toBe(true);
    const decisions = await permissions.authorizeConditional(
      [{ permission: appReadPermission }, { permission: appPromotePermission }],
      { credentials: ANA },
    );
    expect(decisions).toEqual([ALLOW, ALLOW]);
    expect(wasAskedOverHttp()).toBe(false);
  });

  it('withdraws at once what the policy withdraws', async () => {
    const permissions = open();
    expect(await manages(permissions)).toBe(true);
    policy = { handle: async () => DENY };
    expect(await manages(permissions)).toBe(false);
  });

  it('withdraws within two seconds what a group gave, and reads groups no more often', async () => {
    const permissions = open();
    expect(await manages(permissions)).toBe(true);
    groups = ['group:default/others'];
    nowMs = 999;
    await Promise.all([manages(permissions), manages(permissions)]);
    expect(reads).toBe(1);
    nowMs = 2_000;
    expect(await manages(permissions)).toBe(false);
    expect(reads).toBe(2);
  });

  it('reads groups again before anybody has to wait for them', async () => {
    const permissions = open();
    await manages(permissions);
    groups = ['group:default/others'];
    nowMs = 1_000;
    // What is known answers; meanwhile it is read again, once.
    expect(
      await Promise.all([manages(permissions), manages(permissions)]),
    ).toEqual([true, true]);
    expect(reads).toBe(2);
    nowMs = 2_999; // of what was read at 1,000
    expect(await manages(permissions)).toBe(false);
    groups = []; // the auth backend is away
    nowMs = 5_000;
    await expect(manages(permissions)).rejects.toThrow('away');
  });

  it('knows users apart, a thousand of them at most', async () => {
    const permissions = open();
    const user = (index: number) =>
      mockCredentials.user(`user:default/u${index}`);
    for (let index = 0; index <= 1_000; index += 1)
      await manages(permissions, user(index));
    expect(reads).toBe(1_001);
    await manages(permissions, user(1_000));
    expect(reads).toBe(1_001);
    await manages(permissions, user(0));
    expect(reads).toBe(1_002);
  });

  it('keeps no failure', async () => {
    const permissions = open();
    groups = [];
    await expect(manages(permissions)).rejects.toThrow('away');
    groups = [TEAM];
    expect(await manages(permissions)).toBe(true);
  });

  it('goes by the groups of the sign-in where the auth backend knows nothing', async () => {
    const permissions = open();
    groups = [];
    withGroups = ANA;
    expect(await manages(permissions)).toBe(true);
  });

  it('shows the policy whom the permission backend would show it', async () => {
    const seen: Array<PolicyQueryUser | undefined> = [];
    policy = {
      handle: async (_, user) => {
        seen.push(user);
        return ALLOW;
      },
    };
    await manages(open());
    expect(seen[0]?.credentials.principal).toMatchObject({
      type: 'user',
      userEntityRef: 'user:default/ana',
    });
    expect(seen[0]?.info.ownershipEntityRefs).toEqual([TEAM]);
  });

  const conditional: PolicyDecision = createAppConditionalDecision(
    appPromotePermission,
    appConditions.isAppOwner({ claims: [TEAM] }),
  );

  it('leaves conditions on one resource to the plugin that has it, in the order of the questions', async () => {
    policy = {
      handle: async ({ permission }) =>
        permission.name === appPromotePermission.name ? conditional : ALLOW,
    };
    const answers = await open().authorize(
      [
        { permission: appPromotePermission, resourceRef: 'shop' },
        { permission: clusterManagePermission },
      ],
      { credentials: ANA },
    );
    expect(answers).toEqual([DENY, ALLOW]);
    expect(remote.authorize.mock.calls[0][0]).toEqual([
      { permission: appPromotePermission, resourceRef: 'shop' },
    ]);
  });

  it.each([
    [clusterManagePermission, /not about a resource/],
    [
      createPermission({
        name: 'other.read',
        attributes: {},
        resourceType: 'other',
      }),
      /another type of resource/,
    ],
  ])('refuses conditions that do not fit %p', async (permission, message) => {
    policy = { handle: async () => conditional };
    await expect(
      open().authorizeConditional([{ permission } as never], {
        credentials: ANA,
      }),
    ).rejects.toThrow(message);
  });

  it.each([
    ['services', mockCredentials.service(), {}, true],
    ['strangers', mockCredentials.none(), {}, true],
    ['everybody without a policy here', ANA, {}, false],
    ['everybody where permissions are off', ANA, { isEnabled: false }, true],
  ])('asks as Backstage does for %s', async (_, who, options, isHere) => {
    policy = isHere ? ofTeam : undefined;
    const permissions = open(options);
    await permissions.authorize([{ permission: clusterManagePermission }], {
      credentials: who,
    });
    await permissions.authorizeConditional(
      [{ permission: appReadPermission }],
      { credentials: who },
    );
    expect(remote.authorize).toHaveBeenCalledTimes(1);
    expect(remote.authorizeConditional).toHaveBeenCalledTimes(1);
    expect(reads).toBe(0);
  });
});
