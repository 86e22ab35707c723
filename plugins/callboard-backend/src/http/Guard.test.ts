import { mockServices } from '@backstage/backend-test-utils';
import type { Request } from 'express';
import { Guard, type GuardDeps } from './Guard';
import { describeAuthor } from './newApp';

const GUEST = { type: 'user', userEntityRef: 'user:development/guest' };
const SERVICE = { type: 'service', subject: 'external:ci' };

const part = (claims: object) =>
  Buffer.from(JSON.stringify(claims)).toString('base64url');
const tokenOf = (claims: object) => `Bearer ${part({})}.${part(claims)}.sealed`;

describe('who is told to have done something', () => {
  it.each([
    {
      name: 'a person',
      principal: GUEST,
      claims: {},
      reported: 'user:development/guest',
    },
    {
      name: "a program with a person's key",
      principal: GUEST,
      claims: { callboard_by: 'program' },
      reported: 'program:development/guest',
    },
    {
      name: 'a service',
      principal: SERVICE,
      claims: {},
      reported: 'service:external:ci',
    },
    {
      name: 'a service that says it is a program',
      principal: SERVICE,
      claims: { callboard_by: 'program' },
      reported: 'service:external:ci',
    },
  ])('$name', async ({ principal, claims, reported }) => {
    const guard = new Guard({
      httpAuth: { credentials: async () => ({ principal }) },
      auth: mockServices.auth.mock(),
    } as unknown as GuardDeps);
    const request = { headers: { authorization: tokenOf(claims) } };
    const { actor } = await guard.identify(request as Request);
    expect(actor).toBe(reported);
  });

  it('stands in commits that are made for it', () => {
    expect(
      ['user:development/guest', 'program:development/guest', 'service:x'].map(
        actor => describeAuthor(actor).name,
      ),
    ).toEqual(['guest', 'guest (program)', 'callboard']);
  });
});
