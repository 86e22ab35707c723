import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  GitTokenPage,
  IssuedGitToken,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import { SCORE, TestPortal } from '../__testUtils__/TestPortal';

jest.setTimeout(60_000);

const CATALOG = join(__dirname, '../../../../catalog');
const DAY_MS = 24 * 60 * 60_000;
const FILES = {
  'score.yaml': SCORE.replace('image: .', 'image: nginx:1.29'),
};

/** Tokens that people create in the portal, with a record, an API and git that are real. */
describe('git tokens', () => {
  let portal: TestPortal;
  let aheadMs = 0;
  let pushes = 0;

  beforeAll(async () => {
    portal = await TestPortal.start({
      factory: {
        migrate: migrateStore,
        create: deps =>
          createControlPlane({
            ...deps,
            clock: { now: () => new Date(Date.now() + aheadMs) },
          }),
      },
      config: {
        platform: [CATALOG],
        git: { followSeconds: 0.5, maxTokenDays: 200 },
      },
    });
  });

  afterAll(() => portal.stop());
  afterEach(() => {
    aheadMs = 0;
  });

  async function ask<T = unknown>(
    path: string,
    { as = 'ana', method = 'GET', body }: Partial<Ask> = {},
  ): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      method,
      headers: {
        authorization: mockCredentials.user.header(`user:default/${as}`),
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  const create = (body: object, as = 'ana') =>
    ask<IssuedGitToken>('/tokens', { method: 'POST', body, as });
  const list = async (as = 'ana', query = '') =>
    (await ask<GitTokenPage>(`/tokens${query}`, { as })).body.items;
  const revoke = (id: string, as = 'ana') =>
    ask(`/tokens/${id}`, { method: 'DELETE', as });
  const journal = async (kind = 'platform') =>
    (await ask<{ items: JournalEntry[] }>(`/journal?kind=${kind}`)).body.items;

  /** Pushes a new commit with a token as the password of somebody. */
  async function push(app: string, token: string) {
    // Another text: two commits of one second would be the same one.
    const work = await portal.repository({ ...FILES, note: `${pushes++}` });
    return portal.git(
      work,
      'push',
      '--force',
      portal.gitUrl(app, 'somebody', token),
      'main',
    );
  }
  /** Asks a route with a token in place of a sign-in. */
  async function send(
    token: string,
    path: string,
    { method = 'GET', body }: { method?: string; body?: object } = {},
  ) {
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text };
  }
  const said = ({ remote }: { remote: string[] }) =>
    remote.join(' ').replace(/\s+/g, ' ');

  it('are the password of git push for who created them, and shown once', async () => {
    const { status, body } = await create({
      name: 'laptop',
      expiresInDays: 30,
    });
    expect(status).toBe(201);
    expect(body.token).toMatch(/^cbt_[\w-]{43}$/);
    expect(await list()).toMatchObject([
      { id: body.id, name: 'laptop', createdBy: 'user:default/ana' },
    ]);
    expect((await list())[0].lastUsedAt).toBeUndefined();
    expect((await push('shop', body.token)).code).toBe(0);
    expect(await journal('releases')).toContainEqual(
      expect.objectContaining({
        action: 'revision.pushed',
        app: 'shop',
        actor: 'user:default/ana',
      }),
    );
    expect((await list())[0].lastUsedAt).toBeDefined();
    expect(await journal()).toContainEqual(
      expect.objectContaining({
        action: 'token.created',
        actor: 'user:default/ana',
        message: 'The git token "laptop" was created',
      }),
    );
    const { knex } = portal.deps;
    const kept = [
      await knex('git_tokens').select(),
      await knex('journal').select(),
      await list(),
      await journal(),
    ];
    expect(JSON.stringify(kept)).not.toContain(body.token);
    expect(JSON.stringify(kept)).not.toContain(body.token.slice(4));
  });

  it('are noted as used once a minute at most', async () => {
    const { token } = (await create({ name: 'minute' })).body;
    const usedAt = async () =>
      (await list()).find(({ name }) => name === 'minute')!.lastUsedAt;
    await push('minute', token);
    const first = await usedAt();
    await push('minute', token);
    expect(await usedAt()).toBe(first);
    aheadMs = 61_000;
    await push('minute', token);
    expect(Date.parse((await usedAt())!)).toBeGreaterThan(
      Date.parse(first!) + 60_000,
    );
  });

  it('are their own: nobody else lists or revokes them', async () => {
    const { id, token } = (await create({ name: 'mine' })).body;
    expect((await list('bo')).map(({ id: other }) => other)).not.toContain(id);
    expect(await revoke(id, 'bo')).toEqual(await revoke('no-such-id', 'bo'));
    expect((await revoke(id, 'bo')).status).toBe(404);
    expect((await push('mine', token)).code).toBe(0);
  });

  it('are refused at once when they are revoked, and git says so', async () => {
    const { id, token } = (await create({ name: 'lost' })).body;
    expect((await push('lost', token)).code).toBe(0);
    expect((await revoke(id)).status).toBe(204);
    const refused = await push('lost', token);
    expect(refused.code).not.toBe(0);
    expect(said(refused)).toMatch(
      /the token "lost" was revoked on .* Create a new git token on your settings page/,
    );
    expect(await list()).not.toContainEqual(expect.objectContaining({ id }));
    expect((await revoke(id)).status).toBe(404);
    expect(await journal()).toContainEqual(
      expect.objectContaining({
        action: 'token.revoked',
        message: 'The git token "lost" was revoked',
      }),
    );
  });

  it('are refused when they have expired, and git says so', async () => {
    const { token, expiresAt } = (
      await create({ name: 'short', expiresInDays: 1 })
    ).body;
    const { token: standard } = (await create({ name: 'standard' })).body;
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(DAY_MS);
    aheadMs = DAY_MS - 60_000;
    expect((await push('short', token)).code).toBe(0);
    aheadMs = DAY_MS;
    expect(said(await push('short', token))).toMatch(
      /the token "short" expired on/,
    );
    aheadMs = 90 * DAY_MS;
    expect(said(await push('short', standard))).toMatch(
      /the token "standard" expired on/,
    );
  });

  it('of an app push to that app alone, and the journal names them', async () => {
    const own = (await create({ name: 'own' })).body;
    await push('till', own.token);
    await push('other', own.token);
    const { status, body } = await create({ name: 'ci', app: 'till' });
    expect(status).toBe(201);
    expect((await push('till', body.token)).code).toBe(0);
    const pushed = (await journal('releases')).filter(
      ({ action, app }) => action === 'revision.pushed' && app === 'till',
    );
    expect(pushed.map(({ actor }) => actor)).toEqual([
      'token:till/ci',
      'user:default/ana',
    ]);
    for (const app of ['other', 'never-there']) {
      const refused = await push(app, body.token);
      expect(refused.code).not.toBe(0);
      expect(said(refused)).toMatch(
        /this token is one of till, and good for no other app/,
      );
      const fetched = await portal.git(
        portal.folder,
        'ls-remote',
        portal.gitUrl(app, 'ci', body.token),
      );
      expect(fetched.output).toMatch(/no repository of this name/);
    }
    const shown = expect.objectContaining({ id: body.id, app: 'till' });
    expect(await list()).toContainEqual(shown);
    expect(await list('ana', '?app=till')).toEqual([shown]);
    expect((await create({ name: 'ci', app: 'nothing' })).status).toBe(404);

    await portal.deps
      .knex('apps')
      .where({ subject: 'till' })
      .update({ owner: 'user:default/bo' });
    expect(said(await push('till', body.token))).toMatch(
      /the token "ci" of till ended when the app was deleted or given to somebody else/,
    );
    expect(await list('ana', '?app=till')).toEqual([]);
    expect((await revoke(body.id)).status).toBe(404);
  });

  it('are bounded in name, time and number', async () => {
    for (const name of [
      '-',
      ' ',
      'a/b',
      'a\nb',
      'ends in space ',
      '\u202eevil',
    ])
      expect(await create({ name })).toMatchObject({
        status: 422,
        body: { code: 'git-token-invalid' },
      });
    expect(await create({ name: 'x'.repeat(61) })).toMatchObject({
      status: 400,
    });
    expect(await create({ name: 'Späte Übung 2.0' })).toMatchObject({
      status: 201,
    });
    expect(await create({ name: 'x', expiresInDays: 366 })).toMatchObject({
      status: 400,
    });
    expect(await create({ name: 'x', expiresInDays: 201 })).toMatchObject({
      status: 422,
      body: { next: 'Choose between 1 and 200 days' },
    });
    expect(await create({ name: 'again' }, 'bo')).toMatchObject({
      status: 201,
    });
    expect(await create({ name: 'again' }, 'bo')).toMatchObject({
      status: 409,
      body: { code: 'git-token-name-taken' },
    });
    const more = await Promise.all(
      Array.from({ length: 22 }, (_, index) =>
        create({ name: `many ${index}` }, 'bo'),
      ),
    );
    expect(more.filter(({ status }) => status === 201)).toHaveLength(19);
    expect(more.filter(({ status }) => status === 409)).toHaveLength(3);
    expect(await list('bo')).toHaveLength(20);
  });

  it('that nobody created are told as unknown', async () => {
    expect(said(await push('shop', `cbt_${'a'.repeat(43)}`))).toMatch(
      /this token is not known here/,
    );
  });

  it('for the command line open apps as their person may, and nothing else', async () => {
    const laptop = (await create({ name: 'before git' })).body;
    await push('booth', laptop.token);
    const { id, token } = (await create({ name: 'terminal', scope: 'api' }))
      .body;
    expect(
      await create({ name: 'x', scope: 'api', app: 'booth' }),
    ).toMatchObject({ status: 422, body: { code: 'git-token-invalid' } });
    expect(await journal()).toContainEqual(
      expect.objectContaining({
        message: 'The command line token "terminal" was created',
      }),
    );
    const seen = async (as: string, path: string) => {
      const { status, text } = await send(as, path);
      return status < 300 ? JSON.parse(text) : status;
    };
    expect((await seen(token, '/apps/booth')).name).toBe('booth');
    expect((await send(token, '/apps/booth/settings')).status).toBe(200);
    const set = await send(token, '/apps/booth/settings/LOG_LEVEL', {
      method: 'PUT',
      body: { value: 'debug' },
    });
    expect(set.status).toBe(200);
    expect((await seen(token, '/apps/booth/settings')).items).toMatchObject([
      { name: 'LOG_LEVEL', changedBy: 'user:default/ana' },
    ]);
    for (const path of ['/tokens', '/clusters', '/fleet', '/journal', '/audit'])
      expect([path, await seen(token, path)]).toEqual([path, 403]);
    expect(
      (
        await send(token, '/tokens', {
          method: 'POST',
          body: { name: 'more', scope: 'api' },
        })
      ).status,
    ).toBe(403);
    expect(said(await push('booth', token))).toMatch(
      /the token "terminal" is for the command line/,
    );

    // No policy of this process: only what is theirs.
    const bos = (await create({ name: 'terminal', scope: 'api' }, 'carl')).body;
    const hidden = await send(bos.token, '/apps/booth');
    const missing = await send(bos.token, '/apps/bnnth');
    expect(hidden.status).toBe(404);
    expect(hidden.text.replaceAll('booth', 'bnnth')).toBe(missing.text);
    expect((await seen(bos.token, '/apps')).items).toEqual([]);

    expect((await list()).find(each => each.id === id)).toMatchObject({
      scope: 'api',
      lastUsedAt: expect.any(String),
    });
    await revoke(id);
    const ended = await send(token, '/apps');
    expect(ended.status).toBe(401);
    expect(JSON.parse(ended.text)).toMatchObject({
      code: 'git-token-revoked',
      what: 'Not signed in',
    });
  });

  describe('release images that were built elsewhere', () => {
    const release = {
      files: { 'score.yaml': SCORE },
      images: { web: `registry.example/shop@sha256:${'a'.repeat(64)}` },
      revision: { commit: '1a2b3c4d5e6f', message: 'Fix rounding' },
    };

    const make = (token: string, app: string, more: object = {}) =>
      send(token, `/apps/${app}/releases`, {
        method: 'POST',
        body: { ...release, ...more },
      });

    it('for the machines of an app, and of that app alone', async () => {
      const mine = (await create({ name: 'release laptop' })).body;
      const made = await make(mine.token, 'kiosk', {
        owner: 'user:default/ana',
      });
      expect(made).toMatchObject({ status: 201 });
      const ci = (await create({ name: 'ci', app: 'kiosk' })).body;
      expect(await make(ci.token, 'kiosk')).toEqual({
        status: 201,
        text: JSON.stringify({ number: 2 }),
      });
      expect(await journal('releases')).toContainEqual(
        expect.objectContaining({
          action: 'revision.pushed',
          app: 'kiosk',
          actor: 'token:kiosk/ci',
        }),
      );
      const other = await make(ci.token, 'kiosk-2', {
        owner: 'user:default/ana',
      });
      expect(other.status).toBe(403);
      expect(JSON.parse(other.text).code).toBe('git-token-of-app');

      const progress = await send(ci.token, '/apps/kiosk/releases/2/progress');
      expect(progress.status).toBe(200);
      expect(progress.text).toContain('Release 2');

      await revoke(ci.id);
      const ended = await make(ci.token, 'kiosk');
      expect(ended.status).toBe(401);
      expect(JSON.parse(ended.text).code).toBe('git-token-revoked');
      expect(ended.text).not.toContain(ci.token);
    });

    it('and open no other route', async () => {
      const { token } = (await create({ name: 'reader' })).body;
      for (const [method, path] of [
        ['GET', '/apps'],
        ['GET', '/apps/kiosk'],
        ['GET', '/apps/kiosk/releases'],
        ['HEAD', '/apps/kiosk/releases/1/progress'],
        ['POST', '/tokens'],
        ['DELETE', '/apps/kiosk'],
      ])
        expect((await send(token, path, { method })).status).toBe(401);
    });

    it('and tell nothing of the apps of others', async () => {
      const { token } = (await create({ name: 'dora' }, 'dora')).body;
      const hidden = await make(token, 'kiosk');
      const missing = await make(token, 'nobody');
      expect(hidden.status).toBe(404);
      expect(hidden.text.replaceAll('kiosk', 'nobody')).toBe(missing.text);
      expect(
        (await send(token, '/apps/kiosk/releases/1/progress')).status,
      ).toBe(404);
    });
  });
});

interface Ask {
  as: string;
  method: string;
  body: object;
}
