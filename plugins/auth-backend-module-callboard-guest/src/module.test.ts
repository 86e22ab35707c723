import {
  type TestBackend,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import guestModule from './index';

const KEY = 'f'.repeat(40);

async function startPortal(guest: object): Promise<TestBackend> {
  return startTestBackend({
    features: [
      authPlugin,
      guestModule,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
          auth: { providers: { guest } },
        },
      }),
    ],
  });
}

describe('guest sign-in', () => {
  let portal: TestBackend;
  const refresh = (headers: Record<string, string> = {}) =>
    fetch(`http://localhost:${portal.server.port()}/api/auth/guest/refresh`, {
      headers,
    });

  afterEach(() => portal.stop());

  it('takes in anyone who sends the key, and keeps the browser signed in', async () => {
    portal = await startPortal({ key: KEY });
    const first = await refresh({ 'x-callboard-key': KEY });
    expect(first.status).toBe(200);
    const { backstageIdentity } = (await first.json()) as any;
    expect(backstageIdentity.identity.userEntityRef).toBe(
      'user:development/guest',
    );
    const cookie = first.headers.get('set-cookie')!;
    const part = first.headers.get('x-callboard-key-part')!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(`${cookie} ${part}`).not.toContain(KEY);

    const kept = {
      cookie: cookie.split(';')[0],
      'x-callboard-key-part': part,
    };
    expect((await refresh(kept)).status).toBe(200);
    for (const only of ['cookie', 'x-callboard-key-part'] as const) {
      const half = await refresh({ [only]: kept[only] });
      expect([only, half.status]).toEqual([only, 401]);
    }
  });

  it('marks the session of a program, and no other', async () => {
    portal = await startPortal({ key: KEY });
    const byOf = async (headers: Record<string, string>) => {
      const answer = await refresh(headers);
      const { token } = ((await answer.json()) as any).backstageIdentity;
      const payload = Buffer.from(token.split('.')[1], 'base64url').toString();
      return { by: JSON.parse(payload).callboard_by, answer };
    };
    const key = { 'x-callboard-key': KEY };
    expect((await byOf(key)).by).toBe('program');
    const { by, answer } = await byOf({ ...key, 'user-agent': 'Mozilla/5.0' });
    expect(by).toBeUndefined();
    const kept = {
      cookie: answer.headers.get('set-cookie')!.split(';')[0],
      'x-callboard-key-part': answer.headers.get('x-callboard-key-part')!,
    };
    expect((await byOf(kept)).by).toBeUndefined();
  });

  const refused: Array<{ name: string; headers: Record<string, string> }> = [
    { name: 'no key', headers: {} },
    { name: 'a wrong key', headers: { 'x-callboard-key': 'e'.repeat(40) } },
    { name: 'an empty key', headers: { 'x-callboard-key': '' } },
    { name: 'the start of the key', headers: { 'x-callboard-key': 'fff' } },
  ];
  it.each(refused)(
    'refuses $name and says what to send',
    async ({ headers }) => {
      portal = await startPortal({ key: KEY });
      const answer = await refresh(headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
      const text = await answer.text();
      expect(text).toContain('x-callboard-key');
      expect(text).not.toContain(KEY);
    },
  );

  it('refuses everybody where no key is configured', async () => {
    portal = await startPortal({});
    for (const key of ['', 'undefined', KEY]) {
      const answer = await refresh({ 'x-callboard-key': key });
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain('auth.providers.guest.key');
    }
  });
});
