import type { AuthResolverContext } from '@backstage/plugin-auth-node';
import { mockServices } from '@backstage/backend-test-utils';
import { LastSessions } from './LastSessions';

const ANA = { userEntityRef: 'user:default/ana', isProgram: false };
const ISSUED_SECONDS = 3_600;

describe('LastSessions', () => {
  const tokenUntil = (seconds: number) =>
    `x.${Buffer.from(JSON.stringify({ exp: seconds })).toString(
      'base64url',
    )}.x`;
  const working = {
    issueToken: async () => ({ token: tokenUntil(ISSUED_SECONDS) }),
  } as unknown as AuthResolverContext;
  const fail = async () => {
    throw new Error('insert into `user_info` - database or disk is full');
  };
  const broken = {
    issueToken: fail,
  } as unknown as AuthResolverContext;
  const logger = mockServices.logger.mock();

  it('hands out the last session while the database takes no changes', async () => {
    const sessions = new LastSessions({ logger, now: () => 0 });
    const first = await sessions.signInAs(ANA, working);
    expect(await sessions.signInAs(ANA, broken)).toEqual(first);
  });

  it('says why nobody is signed in, without the statement that failed', async () => {
    let now = 0;
    const sessions = new LastSessions({ logger, now: () => now });
    await sessions.signInAs(ANA, working);
    await expect(
      sessions.signInAs({ ...ANA, userEntityRef: 'user:default/bo' }, broken),
    ).rejects.toThrow(
      /^Cannot sign in: the database of the portal takes no changes\. [^`]*$/,
    );
    now = ISSUED_SECONDS * 1_000; // the session of before has run out
    await expect(sessions.signInAs(ANA, broken)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });
});
