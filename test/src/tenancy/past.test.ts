import type { App } from '@callboard/plugin-callboard-common';
import { type Answer, TenantPortal } from './__testUtils__/TenantPortal';
import { ROUTES } from './routes';

jest.setTimeout(120_000);

const API = '/api/callboard/v1';
const twinOf = (app: string) => [...app].reverse().join('');

/**
 * An app's past belongs to who owns it now: who lost it does not read it any
 * more, and who got it reads it from its beginning.
 */
describe('the past of apps that changed hands', () => {
  let portal: TenantPortal;
  let then: string;

  beforeAll(async () => {
    portal = await TenantPortal.start();
    portal.policy.reads = 'owners';
    await portal.untilLive();
    await Promise.all([
      portal.push('notes', 'ana'),
      portal.push('shop', 'bea'),
    ]);
    then = new Date().toISOString();
    // Only who acts for both may give an app from one to the other.
    await portal.push('notes', 'ana', { owner: 'group:default/shop' });
    await portal.push('shop', 'ana', { owner: 'user:default/ana' });
  });

  afterAll(() => portal.stop());

  /** All that can be read of an app as it was. */
  const pastOf = (app: string) =>
    Object.entries(ROUTES)
      .filter(([operation]) => operation.startsWith('get /apps/{app}'))
      .flatMap(([, lines]) => lines.map(({ path }) => path))
      .filter(path => !path.includes('?'))
      .map(path => `${path.replace('{app}', app)}?at=${then}`);

  const ask = (path: string, caller: string) =>
    portal.ask({ path: `${API}${path}` }, caller);

  it('is not there for who lost an app', async () => {
    for (const path of pastOf('shop')) {
      const hidden = plain(await ask(path, 'bea'));
      const absent = plain(
        await ask(path.replace('shop', twinOf('shop')), 'bea'),
      );
      expect([path, hidden]).toEqual([path, absent]);
    }
    const lists = [
      '/apps',
      '/fleet',
      '/clusters',
      '/clusters/dev-1',
      '/audit',
      '/audit.csv',
      '/journal',
    ];
    for (const list of lists) {
      const { status, text } = await ask(`${list}?at=${then}`, 'bea');
      expect([list, status]).toEqual([list, 200]);
      expect([
        list,
        text.match(/.{0,30}\bshop\b(?<!group:default\/shop).{0,30}/g),
      ]).toEqual([list, null]);
    }
  });

  it('is read by who got an app, from its beginning', async () => {
    const { status, text } = await ask(`/apps/notes?at=${then}`, 'bea');
    expect(status).toBe(200);
    const app = JSON.parse(text) as App;
    expect([app.owner, app.environments[0].release?.number]).toEqual([
      'user:default/ana',
      1,
    ]);
    const releases = await ask(`/apps/notes/releases?at=${then}`, 'bea');
    expect(JSON.parse(releases.text).items).toHaveLength(1);
  });

  it.each([
    ['bea', 'notes', true],
    ['bea', 'shop', false],
    ['ana', 'shop', true],
  ])(
    'lets %s promote %s: %s, whatever instant is shown',
    async (who, app, may) => {
      portal.policy.reads = 'everybody';
      try {
        const one = await ask(`/apps/${app}?at=${then}`, who);
        const { viewer } = JSON.parse(one.text) as App;
        const all = await ask(`/apps?at=${then}`, who);
        const { items } = JSON.parse(all.text) as { items: App[] };
        const listed = items.find(({ name }) => name === app);
        expect([viewer?.promote, listed?.viewer?.promote]).toEqual([may, may]);
      } finally {
        portal.policy.reads = 'owners';
      }
    },
  );
});

/** The past of a deleted app belongs to who owned it last. */
describe('the past of an app that was deleted', () => {
  let portal: TenantPortal;
  let then: string;

  beforeAll(async () => {
    portal = await TenantPortal.start();
    portal.policy.reads = 'owners';
    await portal.untilLive();
    await portal.push('shop', 'bea');
    then = new Date().toISOString();
    const deleted = await portal.ask(
      {
        method: 'DELETE',
        path: `${API}/apps/shop`,
        body: { confirm: 'shop', why: 'Sold' },
      },
      'bea',
    );
    if (deleted.status !== 202) throw new Error('It was not deleted');
  });

  afterAll(() => portal.stop());

  const ask = (path: string, caller: string) =>
    portal.ask({ path: `${API}${path}` }, caller);
  const tokenOf = (caller: string) =>
    portal.credentials[caller].slice('Bearer '.length);

  it('is there for its last owner alone, and the app for nobody', async () => {
    for (const caller of ['bea', 'otto']) {
      const now = plain(await ask('/apps/shop', caller));
      const absent = plain(await ask(`/apps/${twinOf('shop')}`, caller));
      expect([caller, now]).toEqual([caller, absent]);
    }
    const past = await ask(`/apps/shop?at=${then}`, 'bea');
    expect([past.status, JSON.parse(past.text).name]).toEqual([200, 'shop']);
    const hidden = plain(await ask(`/apps/shop?at=${then}`, 'otto'));
    expect(hidden).toEqual(
      plain(await ask(`/apps/${twinOf('shop')}?at=${then}`, 'otto')),
    );
  });

  it('has data that its last owner alone reads, and has deleted', async () => {
    const left = await ask('/apps/shop/data', 'bea');
    expect([left.status, JSON.parse(left.text)]).toEqual([200, []]);
    const deletes = (app: string, caller: string) =>
      portal.ask(
        {
          method: 'DELETE',
          path: `${API}/apps/${app}/environments/dev/data/spare-1`,
        },
        caller,
      );
    const answer = await deletes('shop', 'bea');
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([
      404,
      'data-not-found',
    ]);
    const twin = twinOf('shop');
    expect(plain(await ask('/apps/shop/data', 'otto'))).toEqual(
      plain(await ask(`/apps/${twin}/data`, 'otto')),
    );
    expect(plain(await deletes('shop', 'otto'))).toEqual(
      plain(await deletes(twin, 'otto')),
    );
  });

  it('is in the journal of its last owner, and in no list of others', async () => {
    const journal = await ask('/journal?app=shop', 'bea');
    const [last] = JSON.parse(journal.text).items.filter(
      ({ action }: { action: string }) => action === 'app.deleted',
    );
    expect(last).toMatchObject({ actor: 'user:default/bea', why: 'Sold' });
    for (const list of ['/journal', '/journal?app=shop', `/apps?at=${then}`])
      expect((await ask(list, 'otto')).text).not.toMatch(
        /\bshop\b(?<!group:default\/shop)/,
      );
  });

  it('keeps its name for its last owner', async () => {
    const create = (caller: string, owner: string) =>
      portal.ask(
        {
          method: 'POST',
          path: `${API}/apps`,
          body: { name: 'shop', owner, files: { 'README.md': 'Later' } },
        },
        caller,
      );
    const refused = await create('otto', 'user:default/otto');
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([
      403,
      'app-name-taken',
    ]);
    await expect(portal.push('shop', 'otto')).rejects.toThrow(
      /Cannot create "shop"/,
    );
    await expect(
      portal.git(
        portal.folder,
        'ls-remote',
        portal.gitUrl('shop', ['bea', tokenOf('bea')]),
      ),
    ).rejects.toThrow(/404|not found/i);

    await portal.push('shop', 'bea');
    const releases = await ask('/apps/shop/releases', 'bea');
    expect(
      JSON.parse(releases.text).items.map(
        ({ number }: { number: number }) => number,
      ),
    ).toEqual([2, 1]);
  });
});

/** The answer, whatever its app is called. */
function plain({ status, headers, text }: Answer): string {
  const { etag, ...kept } = headers; // of the text, which holds the name
  return JSON.stringify([status, kept, text])
    .replaceAll('shop', '<app>')
    .replaceAll(twinOf('shop'), '<app>');
}
