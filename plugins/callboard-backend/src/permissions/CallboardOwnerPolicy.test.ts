import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  appPromotePermission,
  appUpdatePermission,
  clusterManagePermission,
  playgroundUsePermission,
} from '@callboard/plugin-callboard-common';
import { CallboardOwnerPolicy } from './CallboardOwnerPolicy';

const TEAM = 'group:default/platform';
const user = (...ownershipEntityRefs: string[]): PolicyQueryUser =>
  ({ info: { ownershipEntityRefs } } as unknown as PolicyQueryUser);

it.each([
  { name: 'a stranger', playground: true, who: undefined, may: [false, false] },
  {
    name: 'anybody in the playground',
    playground: true,
    who: user('user:default/ana'),
    may: [true, true],
  },
  {
    name: 'anybody elsewhere',
    playground: false,
    who: user('user:default/ana'),
    may: [false, false],
  },
  {
    name: 'the platform team elsewhere',
    playground: false,
    who: user('user:default/ana', TEAM),
    may: [true, false],
  },
])('$name: clusters and switches $may', async ({ playground, who, may }) => {
  const policy = new CallboardOwnerPolicy({ playground, platformTeam: [TEAM] });
  const decided = await Promise.all(
    [clusterManagePermission, playgroundUsePermission].map(permission =>
      policy.handle({ permission }, who),
    ),
  );
  expect(decided.map(({ result }) => result === AuthorizeResult.ALLOW)).toEqual(
    may,
  );
});

it('lets the platform team rename and transfer every app, and do nothing else to it', async () => {
  const policy = new CallboardOwnerPolicy({
    playground: false,
    platformTeam: [TEAM],
  });
  const decide = async (permission: Permission, who: PolicyQueryUser) =>
    (await policy.handle({ permission }, who)).result;
  const platform = user('user:default/pat', TEAM);
  const { ALLOW, CONDITIONAL } = AuthorizeResult;
  expect(await decide(appUpdatePermission, platform)).toBe(ALLOW);
  expect(await decide(appPromotePermission, platform)).toBe(CONDITIONAL);
  expect(await decide(appUpdatePermission, user('user:default/ana'))).toBe(
    CONDITIONAL,
  );
});
