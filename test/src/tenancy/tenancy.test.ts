import { PEOPLE, type Person } from './people';
import { listRoutes } from './__testUtils__/listRoutes';
import { GIT_TOKENS } from './__testUtils__/describePortal';
import { type Answer, TenantPortal } from './__testUtils__/TenantPortal';
import {
  CALLERS,
  type Outcome,
  type Portal,
  decide,
  decideGit,
} from './policy';
import { type Line, OTHER_ROUTES, ROUTES } from './routes';

jest.setTimeout(120_000);

const API = '/api/callboard/v1';
const THERE = ['notes', 'shop', 'pay'];

/** The full product of routes, callers and apps, against the reference policy. */
describe('who gets what', () => {
  let portal: TenantPortal;
  let documented: string[];

  beforeAll(async () => {
    portal = await TenantPortal.start();
    await portal.untilLive();
    await Promise.all([
      portal.push('notes', 'ana'),
      portal.push('shop', 'bea'),
      portal.push('pay', 'otto'),
    ]);
    await addOddCallers();
    const { text } = await portal.ask({ path: `${API}/openapi.json` });
    documented = Object.entries<object>(JSON.parse(text).paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods).map(method => `${method} ${path}`),
    );
  });

  afterAll(() => portal.stop());

  /** Credentials that are good at other doors, or at none. */
  async function addOddCallers() {
    const { credentials } = portal;
    const registered = await portal.ask(
      { method: 'POST', path: `${API}/clusters`, body: { name: 'edge-1' } },
      'rita',
    );
    const { manifestUrl } = JSON.parse(registered.text).join;
    credentials.joinToken = `Bearer ${new URL(manifestUrl).searchParams.get(
      'token',
    )}`;
    credentials.forged = `${credentials.rita.slice(0, -8)}AAAAAAAA`;
    const createToken = async (body: object) => {
      const path = `${API}/tokens`;
      const created = await portal.ask({ method: 'POST', path, body }, 'ana');
      return `Bearer ${JSON.parse(created.text).token}`;
    };
    credentials.issuedToken = await createToken({ name: 'laptop' });
    credentials.apiToken = await createToken({
      name: 'terminal',
      scope: 'api',
    });
    const basic = Buffer.from(GIT_TOKENS.ana.join(':')).toString('base64');
    credentials.gitToken = `Basic ${basic}`;
  }

  function send(line: Line, { caller, app }: { caller: string; app?: string }) {
    const [owner] = PEOPLE[caller as Person] ?? [
      caller === 'apiToken' ? PEOPLE.ana[0] : 'group:default/shop',
    ];
    const cookie = {
      cookie: `backstage-auth=${portal.credentials.ana.slice(7)}`,
    };
    return portal.ask(
      {
        method: methodOf(line),
        path: `${API}${line.path.replace('{app}', app ?? '')}`,
        body: line.body?.({ owner }),
        ...(caller === 'cookie' && { headers: cookie }),
      },
      caller,
    );
  }

  it('names every documented operation, and there is no other route', () => {
    expect(Object.keys(ROUTES).sort()).toEqual([...documented].sort());
    const served = listRoutes(
      portal.server.listeners('request')[0],
      '/api/callboard',
    );
    const asExpress = (operation: string) =>
      operation.replace(' ', ' /v1').replaceAll(/\{(\w+)\}/g, ':$1');
    const known = [...documented.map(asExpress), ...OTHER_ROUTES];
    expect([...new Set(served)]).toEqual([...known].sort());
  });

  describe.each<Portal['reads']>(['everybody', 'owners'])(
    'where %s may see an app',
    reads => {
      beforeAll(() => {
        portal.policy.reads = reads;
      });

      it.each(Object.keys(ROUTES))('%s', async operation => {
        const wrong: string[] = [];
        for (const line of ROUTES[operation])
          for (const app of appsOf(line))
            for (const caller of Object.keys(CALLERS)) {
              const of = {
                ...line,
                isOfApps: line.path.startsWith('/apps'),
                ...(isAbout(line) && { app }),
              };
              const expected = decide(caller, of, { reads });
              const answer = await send(line, { caller, app });
              const fault =
                findFault(answer, expected, line) ??
                (expected === 'absent' &&
                  app !== undefined &&
                  findDifference(
                    { answer, name: app },
                    {
                      answer: await send(line, { caller, app: twinOf(app) }),
                      name: twinOf(app),
                    },
                  ));
              if (fault)
                wrong.push(
                  `${caller} ${methodOf(line)} ${line.path} ${
                    app ?? ''
                  }: ${fault}`,
                );
            }
        expect(wrong).toEqual([]);
      });
    },
  );

  it.each(['git-upload-pack', 'git-receive-pack'])('%s', async service => {
    const isPush = service === 'git-receive-pack';
    const wrong: string[] = [];
    const advertise = (caller: string, app: string) =>
      portal.ask({
        path: `/api/callboard/git/${app}.git/info/refs?service=${service}`,
        headers: asBasic(portal.credentials[caller]),
      });
    for (const app of [...THERE, 'lost'])
      for (const caller of Object.keys(CALLERS)) {
        const expected = decideGit(caller, { app, isPush });
        const answer = await advertise(caller, app);
        const fault =
          findFault(answer, expected, { served: [200] }) ??
          (expected === 'absent' &&
            findDifference(
              { answer, name: app },
              {
                answer: await advertise(caller, twinOf(app)),
                name: twinOf(app),
              },
            ));
        if (fault) wrong.push(`${caller} ${app}: ${fault}`);
      }
    expect(wrong).toEqual([]);
  });

  it('answers no person what Backstage asks about owners', async () => {
    const body = {
      items: [
        {
          id: 'guess',
          resourceRef: 'pay',
          resourceType: 'callboard-app',
          conditions: {
            rule: 'IS_APP_OWNER',
            resourceType: 'callboard-app',
            params: { claims: ['group:default/pay'] },
          },
        },
      ],
    };
    const path =
      '/api/callboard/.well-known/backstage/permissions/apply-conditions';
    const statuses = Object.keys(CALLERS).map(async caller => [
      caller,
      (await portal.ask({ method: 'POST', path, body }, caller)).status,
    ]);
    const answered = Object.entries(
      Object.fromEntries(await Promise.all(statuses)),
    ).flatMap(([caller, status]) => (status === 200 ? [caller] : []));
    expect(answered).toEqual(['reader', 'service', 'plugin']);
  });

  /** The method of the operation that a line belongs to. */
  function methodOf(line: Line): string {
    const [operation] = Object.entries(ROUTES).find(([, lines]) =>
      lines.includes(line),
    )!;
    return operation.split(' ')[0].toUpperCase();
  }
});

/** Whether the app in the path is what the answer is about; of the journal it is a filter. */
function isAbout({ path, need }: Line): boolean {
  return (
    path.includes('{app}') && need !== 'sign-in' && need !== 'read-journal'
  );
}

function appsOf({ path }: Line): Array<string | undefined> {
  return path.includes('{app}') ? [...THERE, 'lost'] : [undefined];
}

/** A token as git sends it: as the password. */
function asBasic(authorization = ''): Record<string, string> {
  const token = authorization.replace(/^\w+ /, '');
  const pair = Buffer.from(`somebody:${token}`).toString('base64');
  return authorization === '' ? {} : { authorization: `Basic ${pair}` };
}

/** A name of the same length that no app has. */
function twinOf(app: string): string {
  return [...app].reverse().join('');
}

function findFault(
  { status, text }: Answer,
  expected: Outcome,
  { served }: Pick<Line, 'served'>,
): string | undefined {
  const statuses = {
    'sign-in': [401],
    absent: [404],
    forbidden: [403],
    served,
  };
  return statuses[expected].includes(status)
    ? undefined
    : `${status} instead of ${expected} ${text.slice(0, 200)}`;
}

/** What tells an app that is hidden from one that is not there. */
function findDifference(
  hidden: { answer: Answer; name: string },
  absent: { answer: Answer; name: string },
): string | undefined {
  const plain = ({ answer, name }: typeof hidden) => {
    const { etag, ...headers } = answer.headers; // of the text, which holds the name
    const text = answer.text.replaceAll(name, '<app>');
    return JSON.stringify([answer.status, headers, text]);
  };
  return plain(hidden) === plain(absent)
    ? undefined
    : `${plain(hidden)} differs from ${plain(absent)}`;
}
