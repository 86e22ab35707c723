import { mockCredentials } from '@backstage/backend-test-utils';
import type { Request } from 'express';
import type { SignedIn } from './Caller';
import { KnownCallers } from './KnownCallers';

const MINUTE_MS = 60_000;

describe('KnownCallers', () => {
  let nowMs: number;
  let callers: KnownCallers;

  beforeEach(() => {
    nowMs = Date.parse('2026-11-21T10:00:00Z');
    callers = new KnownCallers(() => new Date(nowMs));
  });

  const encode = (value: unknown) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  /** What a request brings whose token says that it is of this user. */
  const requestOf = (sub: unknown, signature = 'signature') =>
    ({
      headers: {
        authorization: `Bearer ${encode({ typ: 'user' })}.${encode({
          sub,
        })}.${signature}`,
      },
    } as Request);
  const caller = (user: string, goodForMs?: number): SignedIn => ({
    actor: user,
    credentials: {
      ...mockCredentials.user(user),
      ...(goodForMs !== undefined && {
        expiresAt: new Date(nowMs + goodForMs),
      }),
    },
  });
  const ANA = 'user:default/ana';

  it('knows who was found a moment ago, for a minute', () => {
    const ana = caller(ANA, 60 * MINUTE_MS);
    callers.keep(requestOf(ANA), ana);
    expect(callers.find(requestOf(ANA))).toBe(ana);
    nowMs += MINUTE_MS - 1;
    expect(callers.find(requestOf(ANA))).toBe(ana);
    nowMs += 1;
    expect(callers.find(requestOf(ANA))).toBeUndefined();
  });

  it('knows a program in the session of a user as well', () => {
    const program = {
      ...caller(ANA, MINUTE_MS),
      actor: 'program:default/ana',
    };
    callers.keep(requestOf(ANA), program);
    expect(callers.find(requestOf(ANA))).toBe(program);
  });

  it('never knows a token for longer than it is good', () => {
    callers.keep(requestOf(ANA), caller(ANA, 1_000));
    nowMs += 1_000;
    expect(callers.find(requestOf(ANA))).toBeUndefined();
  });

  it('takes no token for another one, however little differs', () => {
    callers.keep(requestOf(ANA), caller(ANA, MINUTE_MS));
    expect(callers.find(requestOf(ANA, 'forged'))).toBeUndefined();
    expect(callers.find(requestOf('user:default/bob'))).toBeUndefined();
    expect(callers.find({ headers: {} } as Request)).toBeUndefined();
  });

  it.each([
    ['a token that says another name', requestOf('user:default/bob')],
    ['a header that names nobody', requestOf(undefined)],
    [
      'a header that is no token',
      { headers: { authorization: 'Basic YW5hOng=' } } as Request,
    ],
    [
      'a token that cannot be read',
      { headers: { authorization: 'Bearer a.%%%.c' } } as Request,
    ],
    ['no header', { headers: {} } as Request],
  ])('does not keep %s: the portal knew the user otherwise', (_, request) => {
    callers.keep(request, caller(ANA, MINUTE_MS));
    expect(callers.find(request)).toBeUndefined();
  });

  it('does not keep a token that does not say how long it is good', () => {
    callers.keep(requestOf(ANA), caller(ANA));
    expect(callers.find(requestOf(ANA))).toBeUndefined();
  });

  it('keeps a thousand at most', () => {
    for (let index = 0; index <= 1_000; index += 1) {
      const user = `user:default/u${index}`;
      callers.keep(requestOf(user), caller(user, MINUTE_MS));
    }
    expect(callers.find(requestOf('user:default/u0'))).toBeUndefined();
    expect(callers.find(requestOf('user:default/u1'))).toBeDefined();
  });
});
