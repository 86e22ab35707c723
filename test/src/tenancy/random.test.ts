import type { App, JournalEntry } from '@callboard/plugin-callboard-common';
import { seededRandom } from '@callboard/sim';
import {
  type Drawn,
  drawRequest,
  writingsOf,
} from './__testUtils__/drawRequest';
import { sendRaw } from './__testUtils__/sendRaw';
import { type Answer, TenantPortal } from './__testUtils__/TenantPortal';
import { type Person } from './people';
import { CALLERS, decide, decideGit } from './policy';

/** `CALLBOARD_REQUESTS=100000 CALLBOARD_SEED=7` sends more of them, and others. */
const REQUESTS = Number(process.env.CALLBOARD_REQUESTS ?? 600);
const SEED = Number(process.env.CALLBOARD_SEED ?? 1);
const TRIES = 3; // what differs by the time alone does not differ so often
const TIME_LIMIT_MS = 60_000 + REQUESTS * 100;
const PORTAL = { reads: 'owners' } as const;
const API = '/api/callboard/v1';
/** The portal's own clock, where an answer tells it. */
const NOW = /(?<=now it is )[\dTZ:.-]+/g;

/** Programs whose credentials are for the catalog: there they read everything. */
const OF_CATALOG = ['elsewhere', 'misled'];

const APPS: Record<string, Person> = {
  notes: 'ana',
  shop: 'bea',
  pay: 'otto',
  vault: 'vera',
};
/** A name of the same length that no app has. */
const twinOf = (app: string) => [...app].reverse().join('');
/** Only in what is told of the app itself. */
const markOf = (app: string) => `mark-of-${twinOf(app)}`;

/** Requests of which most are right in most places, against the reference policy. */
describe(`${REQUESTS} random requests of seed ${SEED}`, () => {
  let portal: TenantPortal;

  beforeAll(async () => {
    portal = await TenantPortal.start();
    portal.policy.reads = PORTAL.reads;
    await portal.untilLive();
    await Promise.all(
      Object.entries(APPS).map(([app, owner]) =>
        portal.push(app, owner, { image: `registry.example/${markOf(app)}:1` }),
      ),
    );
    await portal.untilSearched('vault');
    portal.credentials.forged = `${portal.credentials.rita.slice(
      0,
      -8,
    )}AAAAAAAA`;
    const body = { name: 'terminal', scope: 'api' };
    const created = await portal.ask(
      { method: 'POST', path: `${API}/tokens`, body },
      'ana',
    );
    portal.credentials.apiToken = `Bearer ${JSON.parse(created.text).token}`;
  }, 120_000);

  afterAll(() => portal?.stop());

  const callers = Object.keys(CALLERS).filter(
    caller => !['cookie', 'gitToken', 'joinToken'].includes(caller),
  );

  function send(drawn: Drawn, app: string): Promise<Answer> {
    const authorization = portal.credentials[drawn.caller];
    const body = drawn.bodyOf(app);
    return sendRaw(portal.url, {
      method: drawn.method,
      path: drawn.pathOf(app),
      headers: {
        ...(authorization !== undefined && {
          authorization:
            drawn.need === 'own-code' ? asBasic(authorization) : authorization,
        }),
        ...(body !== undefined && {
          'content-length': Buffer.byteLength(body),
        }),
        ...drawn.headers,
      },
      ...(body !== undefined && { body }),
    });
  }

  /** What is wrong about the answer, where anything is. */
  async function judge(drawn: Drawn, app: string): Promise<string | undefined> {
    const answer = await send(drawn, app);
    if (answer.status >= 500)
      return `${answer.status} ${answer.text.slice(0, 200)}`;
    const reported = Object.keys(APPS).filter(
      each =>
        !mayRead(drawn, each) && JSON.stringify(answer).includes(markOf(each)),
    );
    if (reported.length > 0) return `tells of ${reported}`;
    if (mayRead(drawn, app)) return undefined;
    if (!drawn.isAboutApp) return undefined;
    return findDifference(drawn, app, answer);
  }

  /** What tells the app that is hidden from one that is not there, each time it is asked. */
  async function findDifference(
    drawn: Drawn,
    app: string,
    first: Answer,
  ): Promise<string | undefined> {
    let hidden = first;
    for (let left = TRIES; ; left -= 1) {
      const absent = await send(drawn, twinOf(app));
      const [one, other] = [plain(hidden, app), plain(absent, app)];
      if (one === other) return undefined;
      if (left === 1) return `${one} differs from ${other}`;
      hidden = await send(drawn, app);
    }
  }

  it(
    'tell nobody of an app who may not see it, and break nothing',
    async () => {
      const before = await readState();
      const random = seededRandom(SEED);
      const apps = Object.keys(APPS);
      const wrong: string[] = [];
      for (let number = 0; number < REQUESTS; number += 1) {
        const app = apps[Math.floor(random.next() * apps.length)];
        const drawn = drawRequest(random, callers);
        if (mayChange(drawn, app)) continue;
        const fault = await judge(drawn, app).catch(
          (error: Error) => `no answer: ${error.message}`,
        );
        if (fault)
          wrong.push(
            `${number}: ${drawn.caller} ${drawn.method} ${drawn.pathOf(
              app,
            )} ${JSON.stringify(drawn.headers)} ${
              drawn.bodyOf(app)?.slice(0, 80) ?? ''
            }: ${fault}`,
          );
      }
      expect(wrong).toEqual([]);
      expect(await readState()).toEqual(before);
    },
    TIME_LIMIT_MS,
  );

  /** What nobody who sends these requests may change. */
  async function readState() {
    const read = async <T>(path: string): Promise<T> =>
      JSON.parse((await portal.ask({ path: `${API}${path}` }, 'service')).text)
        .items;
    const apps = await read<App[]>('/apps');
    const clusters = await read<Array<{ name: string; labels: object }>>(
      '/clusters',
    );
    const journal = await read<JournalEntry[]>('/journal?limit=500');
    return {
      apps: apps.map(({ name, owner, environments }) => [
        name,
        owner,
        environments.map(each => [each.name, each.release]),
      ]),
      clusters: clusters.map(({ name, labels }) => [name, labels]),
      done: journal
        .filter(({ actor }) => !actor.startsWith('system:'))
        .map(({ actor, action }) => [actor, action]),
    };
  }
});

/** Those who may change something are tested one by one in tenancy.test.ts. */
function mayChange({ caller, method, need }: Drawn, app: string): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return false;
  if (['service', 'plugin', 'rita', 'leo'].includes(caller)) return true;
  return need === 'own-code'
    ? mayFetch(caller, app)
    : decide(caller, { need: 'change-app', app }, PORTAL) === 'served';
}

function mayRead({ caller, need }: Drawn, app: string): boolean {
  if (need === 'own-code') return mayFetch(caller, app);
  if (need === 'catalog' && OF_CATALOG.includes(caller)) return true;
  return decide(caller, { need: 'see-app', app }, PORTAL) === 'served';
}

function mayFetch(caller: string, app: string): boolean {
  return decideGit(caller, { app, isPush: false }) === 'served';
}

/** A token as git sends it: as the password. */
function asBasic(authorization: string): string {
  const token = authorization.replace(/^\w+ /, '');
  return `Basic ${Buffer.from(`somebody:${token}`).toString('base64')}`;
}

/** The answer, whichever of the two names its app has. */
function plain({ status, headers, text }: Answer, app: string): string {
  // Both are of the text, which holds the name.
  const { etag, 'content-length': length, ...kept } = headers;
  return [...writingsOf(app), ...writingsOf(twinOf(app))].reduce(
    (masked, each) =>
      masked.replaceAll(JSON.stringify(each).slice(1, -1), '<app>'),
    JSON.stringify([status, kept, text.replace(NOW, '<now>')]),
  );
}
