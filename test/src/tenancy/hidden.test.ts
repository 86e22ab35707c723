import { once } from 'node:events';
import { WebSocket } from 'ws';
import type {
  ItemList,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import { GIT_TOKENS } from './__testUtils__/describePortal';
import { type Asked, TenantPortal } from './__testUtils__/TenantPortal';
import { eventually } from '@callboard/testing';
import { ROUTES } from './routes';

jest.setTimeout(120_000);

const API = '/api/callboard/v1';
/** They own other apps, or none, and read no others. */
const STRANGERS = ['guest', 'ana', 'bea', 'otto'];

/**
 * What strangers get does not depend on an app that they may not see: the same
 * bytes before it was there, while it runs, and when it is broken.
 */
describe('an app that strangers may not see', () => {
  let portal: TenantPortal;
  let before: Record<string, string>;
  const heard: string[] = [];

  beforeAll(async () => {
    portal = await TenantPortal.start();
    portal.policy.reads = 'owners';
    await portal.untilLive();
    await Promise.all([
      portal.push('notes', 'ana'),
      portal.push('shop', 'bea'),
      portal.push('pay', 'otto'),
    ]);
    await portal.untilSearched('shop');
    before = await readEverything();
    const sockets = [await listen('otto'), await listen('nobody')];
    await live();
    sockets.forEach(socket => socket.terminate());
  });

  afterAll(() => portal.stop());

  /** What an app goes through: pushes, promotions, an approval, a crash. */
  async function live() {
    await portal.push('vault', 'vera');
    for (const [environment, who] of [
      ['stage', 'vera'],
      ['prod', 'leo'],
    ]) {
      const { status, text } = await portal.ask(
        {
          method: 'POST',
          path: `${API}/apps/vault/environments/${environment}/promotions`,
          body: { release: 1 },
        },
        who,
      );
      if (status !== 202) throw new Error(text);
    }
    await portal.push('vault', 'vera', { image: 'registry.example/web:crash' });
    await eventually('it is broken', async () => {
      const { text } = await portal.ask({ path: `${API}/apps/vault` }, 'vera');
      if (!text.includes('Degraded')) throw new Error(text);
    });
    await portal.untilSearched('vault');
  }

  /** Hears what is told to pages, with a sign-in or without. */
  async function listen(caller: string): Promise<WebSocket> {
    const authorization = portal.credentials[caller];
    const socket = new WebSocket(
      `${portal.url.replace('http', 'ws')}/api/signals`,
      { headers: authorization === undefined ? {} : { authorization } },
    );
    socket.on('message', message => heard.push(String(message)));
    await once(socket, 'open');
    socket.send(JSON.stringify({ action: 'subscribe', channel: 'callboard' }));
    return socket;
  }

  /** Every answer that a stranger gets, by caller and question. */
  async function readEverything(): Promise<Record<string, string>> {
    const answers: Record<string, string> = {};
    for (const caller of STRANGERS)
      for (const asked of questions()) {
        const { status, headers, text } = await portal.ask(asked, caller);
        const { etag, 'content-length': length, ...kept } = headers; // of masked times
        answers[`${caller} ${asked.method ?? 'GET'} ${asked.path}`] =
          JSON.stringify([status, kept, mask(text)]);
      }
    return answers;
  }

  it('is named in no signal', () => {
    expect(heard.length).toBeGreaterThan(10);
    expect(heard.filter(message => /vault|vera/.test(message))).toEqual([]);
  });

  it('leaves no gap in the journal, page by page', async () => {
    const path = `${API}/journal`;
    const whole = JSON.parse((await portal.ask({ path }, 'otto')).text).items;
    const walked: JournalEntry[] = [];
    for (let query = '?limit=3'; query !== ''; ) {
      const { text } = await portal.ask({ path: path + query }, 'otto');
      const { items, nextCursor } = JSON.parse(text) as ItemList<JournalEntry>;
      walked.push(...items);
      query = nextCursor ? `?limit=3&cursor=${nextCursor}` : '';
    }
    expect(walked).toEqual(whole);
    expect(walked.length).toBeGreaterThan(6);
    expect(walked.filter(({ sequence }) => sequence !== undefined)).toEqual([]);
    const forged = Buffer.from('["journal",9]').toString('base64url');
    expect(
      await portal.ask({ path: `${path}?cursor=${forged}` }, 'otto'),
    ).toMatchObject({ status: 400 });
  });

  it('tells who wants its name that it is taken, and by nobody', async () => {
    const created = await portal.ask(
      {
        method: 'POST',
        path: `${API}/apps`,
        body: {
          name: 'vault',
          owner: 'user:default/otto',
          files: { 'score.yaml': '' },
        },
      },
      'otto',
    );
    expect(created.status).toBe(409);
    const token = portal.credentials.otto.slice('Bearer '.length);
    for (const [username, password] of [GIT_TOKENS.otto, ['otto', token]]) {
      const pushed = await portal.ask({
        path: '/api/callboard/git/vault.git/info/refs?service=git-receive-pack',
        headers: { authorization: basic(username, password) },
      });
      expect(pushed.status).toBe(403);
      expect(created.text + pushed.text).not.toMatch(/vera|group:default/);
    }
  });

  it('changes no answer', async () => {
    const after = await readEverything();
    expect(Object.keys(after).length).toBeGreaterThan(100);
    expect(
      Object.keys(after).flatMap(question =>
        showDifference(question, before[question], after[question]),
      ),
    ).toEqual([]);
  });
});

/** All that can be asked without changing anything that a stranger sees. */
function questions(): Asked[] {
  const ofApp = Object.entries(ROUTES).flatMap(([operation, lines]) =>
    lines
      .filter(({ path }) => path.includes('{app}'))
      .map(({ path, body }) => ({
        method: operation.split(' ')[0].toUpperCase(),
        path: `${API}${path.replace('{app}', 'vault')}`,
        body: body?.({ owner: '' }),
      })),
  );
  const lists = [
    '/apps',
    '/apps?limit=1',
    '/apps/shop',
    '/apps/pay',
    '/apps/shop/environments/dev/placement',
    '/apps/shop/timeline',
    '/fleet',
    '/clusters',
    '/clusters/dev-1',
    '/audit',
    '/audit.csv',
    '/history',
    '/journal',
    '/journal?limit=2',
    '/journal?cluster=dev-1',
    '/journal?kind=releases',
  ].map(path => ({ path: `${API}${path}` }));
  const whatIf = {
    method: 'POST',
    path: `${API}/fleet/what-if`,
    body: { changes: [{ kind: 'drain', cluster: 'dev-1' }] },
  };
  const elsewhere = [
    '/api/catalog/entities',
    '/api/catalog/entities/by-name/component/default/vault',
    '/api/catalog/entities/by-query',
    '/api/catalog/entity-facets?facet=kind&facet=metadata.name',
    '/api/search/query?term=vault',
    '/api/search/query?term=',
  ].map(path => ({ path }));
  return [...ofApp, ...lists, whatIf, ...elsewhere, ...fetches()];
}

/** What `git fetch` asks first, with a token of somebody else. */
function fetches(): Asked[] {
  return [
    {
      path: '/api/callboard/git/vault.git/info/refs?service=git-upload-pack',
      headers: { authorization: basic(...GIT_TOKENS.otto) },
    },
  ];
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** What differs without any app, and what docs/security.md says is told of all of them. */
function mask(text: string): string {
  return (
    text
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
      .replace(/"roundTripMs":\d+/g, '"roundTripMs":0')
      // How full a cluster is.
      .replace(/"requested":\{[^}]*\}/g, '"requested":{}')
      // Relations of the catalog name both their ends, and make its etags.
      .replace(/\{"type":"\w+","targetRef":"component:default\/\w+"\},?/g, '')
      .replaceAll(',]', ']')
      .replace(/"etag":"\w+"/g, '"etag":""')
  );
}

/** The first difference of two answers, with what stands around it. */
function showDifference(
  question: string,
  before: string,
  after: string,
): string[] {
  if (before === after) return [];
  const at = [...after].findIndex((letter, index) => letter !== before[index]);
  const around = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
  return [`${question}: ${around(before)} became ${around(after)}`];
}
