import { checkPusher } from './checkPusher';

const localUser = 'user:development/guest';
const none = { kind: 'none', why: 'bwrap: not installed' } as const;

describe('checkPusher', () => {
  it.each([
    { name: 'the person at the terminal', actor: localUser, ok: true },
    { name: 'the portal itself', actor: 'callboard', ok: true },
    {
      name: 'a program with their key',
      actor: 'program:development/guest',
      ok: true,
    },
    { name: 'a service', actor: 'service:external:ci', ok: false },
    { name: 'anybody else', actor: 'user:default/ana', ok: false },
  ])('without isolation judges $name', ({ actor, ok }) => {
    expect(checkPusher(actor, { isolation: none, localUser }).ok).toBe(ok);
  });

  it('says what is missing', () => {
    const judged = checkPusher('user:default/ana', {
      isolation: none,
      localUser,
    });
    expect(judged).toMatchObject({
      ok: false,
      problem: {
        code: 'not-isolated',
        why: expect.stringContaining('bwrap: not installed'),
        next: expect.stringContaining('Install bubblewrap'),
      },
    });
  });

  it('takes everybody where code is isolated', () => {
    const isolation = { kind: 'users', why: 'no namespaces' } as const;
    expect(checkPusher('user:default/ana', { isolation, localUser }).ok).toBe(
      true,
    );
  });
});
