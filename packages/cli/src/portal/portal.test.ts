import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '@callboard/plugin-callboard-common';
import {
  type Asked,
  PORTAL,
  PortalIo,
  app,
  cluster,
  environment,
  refusal,
} from '../__testUtils__/PortalIo';
import { runCommand } from '../runCommand';

const run = (io: PortalIo, line: string) => runCommand(line.split(' '), io);
const SHOP = { address: '/apps/shop' };
const served = ({ address }: Asked, app_: object = app()) =>
  address === SHOP.address ? app_ : undefined;

describe('signing in', () => {
  it('reads a token that nobody sees, tries it and keeps it', async () => {
    const io = new PortalIo(() => ({ items: [] }));
    io.kept = undefined;
    io.typed.push('cbt_typed');
    expect(await run(io, `login --portal ${PORTAL}/`)).toBe(0);
    expect(io.asked).toMatchObject([
      { address: '/apps?limit=1', authorization: 'Bearer cbt_typed' },
    ]);
    expect(JSON.parse(io.kept!)).toEqual({
      current: PORTAL,
      portals: { [PORTAL]: { token: 'cbt_typed' } },
    });
    expect(io.outLines.join()).toContain(`Signed in to ${PORTAL}`);
    expect(io.outLines.join() + io.errLines.join()).not.toContain('cbt_typed');
    expect(await run(io, 'logout')).toBe(0);
    expect(io.kept).not.toContain('cbt_');
    expect(await run(io, 'apps')).toBe(2);
  });

  it('keeps no token that the portal refuses, and the one before', async () => {
    const io = new PortalIo(() => refusal(401, 'git-token-wrong'));
    const before = io.kept;
    io.typed.push('cbt_wrong');
    expect(await run(io, `login --portal ${PORTAL}`)).toBe(1);
    expect(io.errLines).toContain('  why: it is not yours');
    expect(io.kept).toBe(before);
  });

  it('makes a token with the key of a playground, in place of the one before', async () => {
    const io = new PortalIo(({ address, method }) => {
      if (address.endsWith('/api/auth/guest/refresh'))
        return { backstageIdentity: { token: 'session.of.ana' } };
      if (method === 'DELETE') return undefined;
      if (method === 'POST') return { id: '2', token: 'cbt_made' };
      return {
        items: [
          { id: '1', name: 'Command line on ana-s-laptop', scope: 'api' },
          { id: '3', name: 'laptop', scope: 'git' },
        ],
      };
    });
    expect(await run(io, `login ${PORTAL}/#key=the-key`)).toBe(0);
    expect(
      io.asked.map(({ method, address }) => `${method} ${address}`),
    ).toEqual([
      `GET ${PORTAL}/api/auth/guest/refresh`,
      'GET /tokens?limit=500',
      'DELETE /tokens/1',
      'POST /tokens',
      'GET /apps?limit=1',
    ]);
    expect(io.asked[3]).toMatchObject({
      authorization: 'Bearer session.of.ana',
      body: { name: 'Command line on ana-s-laptop', scope: 'api' },
    });
    expect(io.kept).toContain('cbt_made');
    expect(io.kept).not.toContain('session');
  });
});

describe('apps and their status', () => {
  const EVIL = '\u001b]0;owned\u0007\u001b[31mred\u001b[0m\r\nnext\u202e';

  it('lists apps with where they run and their sentence, in plain text', async () => {
    const io = new PortalIo(() => ({ items: [app({ sentence: EVIL })] }));
    expect(await run(io, 'apps SHO')).toBe(0);
    expect(io.outLines).toEqual([
      'shop  dev ● Healthy, prod ● Healthy  red next',
    ]);
    expect(await run(io, 'apps -o json')).toBe(0);
    expect(io.outLines[1]).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(JSON.parse(io.outLines[1]).items[0].sentence).toBe(EVIL);
  });

  it('says what is wrong, why, and what to do, and ends with 1', async () => {
    const sick = environment({
      name: 'prod',
      title: 'Production',
      health: { status: 'Degraded', reason: 'Crashed', message: 'x' } as never,
      clusters: [
        cluster({ freshness: 'unreachable' }),
        cluster({
          cluster: 'us-1',
          release: 1,
          health: {
            status: 'Degraded',
            reason: 'Crashed',
            message: 'it ends with exit code 3',
          } as never,
          instances: { ready: 0, wanted: 2 },
        }),
      ],
      findings: [
        {
          code: 'crash',
          what: 'shop cannot start in prod',
          evidence: [{ label: 'Exit code', value: '3' }],
          logTail: [EVIL],
          next: 'Roll back to 1',
          confidence: 'certain',
        } as never,
      ],
    });
    const shop = app({ environments: [environment(), sick] });
    const io = new PortalIo(asked => served(asked, shop), {
      'app.yaml': 'kind: App\nmetadata: { name: shop }\n',
    });
    expect(await run(io, 'status')).toBe(1);
    const text = io.outLines.join('\n');
    expect(text).toContain(`${PORTAL}/callboard/apps/shop`);
    expect(text).toContain(
      'Production (prod)  release 2 “Fix rounding”  ▲ Degraded',
    );
    expect(text).toContain('shop cannot start in prod');
    expect(text).toContain(
      '    Exit code: 3\n    | red next\n    next: Roll back to 1',
    );
    expect(text).toMatch(
      /eu-1 +release 2 +\? Unknown .* last seen .* ago, was healthy then/,
    );
    expect(text).toMatch(
      /us-1 +release 1 → 2 +▲ Degraded +0 of 2 instances .*exit code 3/,
    );
    expect(await run(io, 'status dev')).toBe(0);
    expect(await run(io, 'status shop nowhere')).toBe(2);
  });

  it('says what instances use where that is asked for', async () => {
    const usage = {
      advice: [],
      clusters: [
        {
          cluster: 'us-1',
          state: 'not-served',
          instances: [],
          series: [],
          traffic: {
            state: 'live',
            requestsPerSecond: 12.4,
            errorsPerSecond: 0.05,
            p95Seconds: 0.12,
          },
        },
        {
          cluster: 'eu-1',
          state: 'not-served',
          instances: [],
          series: [],
          traffic: { state: 'no-data' },
        },
      ],
    };
    const io = new PortalIo(asked =>
      asked.address.endsWith('/usage') ? usage : served(asked),
    );
    expect(await run(io, 'status shop --usage')).toBe(0);
    expect(io.outLines).toContain('  usage is not known on us-1 and eu-1');
    expect(io.outLines).toContain(
      '  12.4 requests a second, 0.4 % errors, 95 % within 120 ms (not known on eu-1)',
    );
    expect(io.asked.map(({ address }) => address)).toContain(
      '/apps/shop/environments/dev/usage',
    );
  });

  it('knows the app of a folder by its git remote, of this portal alone', async () => {
    const io = new PortalIo(asked => served(asked));
    io.remotes = [
      'https://github.com/acme/api/callboard/git/other.git',
      `https://git:cbt_x@${new URL(PORTAL).host}/api/callboard/git/shop.git`,
    ];
    expect(await run(io, 'status')).toBe(0);
    expect(io.asked.map(({ address }) => address)).toEqual(['/apps/shop']);
  });

  it('opens the app or its page where a person is', async () => {
    const io = new PortalIo(asked => served(asked));
    expect(await run(io, 'open shop prod')).toBe(0);
    expect(io.opened).toEqual([]);
    Object.assign(io.terminal, { output: true });
    expect(await run(io, 'open shop')).toBe(0);
    expect(io.outLines).toEqual([
      'https://shop.example.com',
      `${PORTAL}/callboard/apps/shop`,
    ]);
    expect(io.opened).toEqual([`${PORTAL}/callboard/apps/shop`]);
  });
});

describe('output', () => {
  const line = (second: number, text: string, over: Partial<LogLine> = {}) => ({
    at: `2026-11-20T12:00:0${second}.000Z`,
    cluster: 'eu-1',
    instance: 'web-1',
    stream: 'output',
    text,
    ...over,
  });
  const jsonLines = (...lines: object[]) =>
    new Response(lines.map(each => `${JSON.stringify(each)}\n`).join(''));

  it('is printed plainly, and what Callboard says of it beside it', async () => {
    const io = new PortalIo(
      asked =>
        served(asked) ??
        jsonLines(
          line(1, '\u001b[2J\u001b[1mlistening\u009b31m\tnow'),
          line(2, 'eu-2 cannot be read', { stream: 'callboard', instance: '' }),
        ),
    );
    expect(
      await run(io, 'logs shop dev --tail 5 --grep a --cluster eu-1'),
    ).toBe(0);
    expect(io.asked[1].address).toBe(
      '/apps/shop/environments/dev/logs?cluster=eu-1&grep=a&tail=5',
    );
    expect(io.outLines).toEqual(['12:00:01.000 eu-1 web-1 | listening now']);
    expect(io.errLines).toEqual([
      '12:00:02.000 eu-1 Callboard: eu-2 cannot be read',
    ]);
  });

  it('is followed over a restart of the portal, without a line twice, until it is ended', async () => {
    const answers = [
      jsonLines(line(1, 'one'), line(2, 'two')),
      refusal(503, 'internal-error'),
      jsonLines(line(2, 'two'), line(2, 'three'), line(3, 'four')),
    ];
    const io = new PortalIo(asked => {
      if (served(asked)) return app();
      const next = answers.shift();
      if (answers.length === 0) io.end.abort();
      return next;
    });
    // It is ended while it reads, so the last answer is not.
    answers.push(jsonLines());
    expect(await run(io, 'logs -f shop dev')).toBe(0);
    expect(io.outLines.map(each => each.split('| ')[1])).toEqual([
      'one',
      'two',
      'three',
      'four',
    ]);
    expect(io.asked.at(-1)!.address).toContain('since=2026-11-20T12%3A00%3A03');
  });
});

describe('promoting', () => {
  const CHANGES = {
    environment: 'prod',
    from: 1,
    release: 2,
    sentence: 'Changes 1 object on eu-1',
    groups: [
      {
        clusters: ['eu-1'],
        more: 0,
        objects: [
          {
            change: 'changed',
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'web',
            fields: [{ path: 'spec.replicas', before: '1', after: '2' }],
            more: 0,
          },
        ],
      },
    ],
    tasks: [],
    data: [],
  };
  const prodWith = (over: object) => {
    const [dev, prod] = app().environments;
    return app({ environments: [dev, { ...prod, ...over } as never] });
  };
  const released = {
    release: { number: 2, message: 'Fix rounding', author: 'Ana <a@x>' },
  };
  const rollout = (phase: string, sentence: string) => ({
    ...released,
    rollout: {
      release: 2,
      purpose: 'roll-out',
      phase,
      sentence,
      wave: 1,
      waveCount: 2,
      reached: 0,
      clusterCount: 1,
    },
  });

  /** A portal that shows these, one after the other, once it was told to promote. */
  function portal(...later: object[]) {
    const io: PortalIo = new PortalIo(({ address, method }) => {
      if (method === 'POST') return { warnings: ['It is Friday'] };
      if (address.includes('/diff')) return CHANGES;
      if (address.endsWith('/placement'))
        return {
          verdicts: [{ cluster: 'eu-1', verdict: 'chosen' }],
          satisfied: true,
          message: '',
        };
      if (address.includes('/releases')) return { items: [] };
      const isAccepted = io.asked.some(each => each.method === 'POST');
      if (!isAccepted) return app();
      return later.length > 1 ? later.shift() : later[0];
    });
    return io;
  }
  const sent = (io: PortalIo) =>
    io.asked.find(({ method }) => method === 'POST');

  it('says what it does, does it, and follows until it is healthy', async () => {
    const io = portal(
      prodWith(rollout('applying', 'Rolling out, wave 1 of 2: eu-1')),
      prodWith(rollout('applying', 'Rolling out, wave 1 of 2: eu-1')),
      prodWith({ ...rollout('done', 'Rolled out'), clusters: [cluster()] }),
    );
    const args = 'promote shop prod --wait --why Rounding';
    expect(await run(io, args)).toBe(0);
    expect(sent(io)).toMatchObject({
      address: '/apps/shop/environments/prod/promotions',
      body: { release: 2, replaces: 1, why: 'Rounding' },
    });
    expect(io.outLines).toEqual([
      'Promote release 2 to Production',
      '  It replaces release 1.',
      '  It goes to 1 cluster: eu-1.',
      '  Changes 1 object on eu-1.',
      '  On eu-1',
      '    Changed Deployment web',
      '      spec.replicas: 1 -> 2',
      'Note: It is Friday',
      'Release 2 is on its way to Production: rolling out, wave 1 of 2: eu-1.',
      'Release 2 is healthy in Production.',
    ]);
  });

  it('is compared with another release, or with what is there', async () => {
    const io = portal();
    expect(await run(io, 'diff shop prod --release 1 --release 2')).toBe(1);
    expect(io.outLines).toEqual([
      'Changes 1 object on eu-1.',
      'On eu-1',
      '  Changed Deployment web',
      '    spec.replicas: 1 -> 2',
    ]);
    expect(io.asked.at(-1)?.address).toBe(
      '/apps/shop/environments/prod/releases/2/diff?from=1',
    );
    const there = portal();
    expect(await run(there, 'diff shop prod --release 2 -o json')).toBe(1);
    expect(there.asked.at(-1)?.address).toBe(
      '/apps/shop/environments/prod/releases/2/diff',
    );
    expect(JSON.parse(there.outLines.join('\n'))).toMatchObject({
      groups: [{ clusters: ['eu-1'], objects: [{ name: 'web' }] }],
    });
    expect(sent(there)).toBeUndefined();
    for (const wrong of [
      'diff shop --release 1 --release 2',
      'diff shop prod --release x',
      'diff shop prod --release 1 --release 2 --release 3',
      'diff shop prod --release 1 --environment prod',
    ])
      expect(await run(portal(), wrong)).toBe(2);
  });

  it('ends with 1 where it halts, and where another release came', async () => {
    const halted = portal(prodWith(rollout('halted', 'Halted at eu-1: x')));
    expect(await run(halted, 'promote shop prod --wait')).toBe(1);
    expect(halted.outLines.at(-1)).toMatch(/halted at eu-1/);
    const replaced = portal(app());
    expect(await run(replaced, 'promote shop prod --wait')).toBe(1);
  });

  it('does nothing that was not meant', async () => {
    const dry = portal();
    expect(await run(dry, 'promote shop prod --dry-run')).toBe(0);
    expect(sent(dry)).toBeUndefined();
    const asked = portal();
    Object.assign(asked.terminal, { input: true, output: true });
    asked.typed.push('n');
    expect(await run(asked, 'promote shop prod')).toBe(0);
    expect(asked.errLines).toEqual([
      'Promote release 2? [y/N] ',
      'Nothing was changed',
    ]);
    expect(sent(asked)).toBeUndefined();
    expect(await run(portal(), 'promote shop')).toBe(2);
    const there = portal();
    expect(await run(there, 'promote shop prod --release 1 --wait')).toBe(0);
    expect(there.errLines).toEqual(['Release 1 is already in Production']);
    expect(sent(there)).toBeUndefined();
  });
});

describe('settings', () => {
  const LIST = {
    items: [
      {
        name: 'DB_PASSWORD',
        secret: true,
        version: 3,
        changedBy: 'user:default/ana',
        changedAt: '2026-11-20T11:00:00Z',
        releases: [2],
        workloads: ['web'],
        overriddenIn: [],
        environment: 'dev',
      },
    ],
    lacking: [
      { name: 'PAYMENT_KEY', secret: true, release: 2, workloads: ['web'] },
    ],
  };
  const portal = (files = {}) =>
    new PortalIo(asked => {
      if (served(asked)) return app();
      return asked.method === 'GET' ? LIST : { version: 4 };
    }, files);

  it('are listed without the value of a secret', async () => {
    const io = portal();
    expect(await run(io, 'settings list shop dev')).toBe(0);
    expect(io.outLines).toEqual([
      'NAME         KIND    VALUE  CHANGED       READ BY',
      'DB_PASSWORD  secret  •••    ana, 1 h ago  web, release 2',
      'Release 2 (web) reads PAYMENT_KEY as a secret and waits until it is set',
    ]);
  });

  it('are set; a secret comes from standard input alone', async () => {
    const io = portal({ '-': 'geheim\n' });
    expect(await run(io, 'settings set shop dev DB_PASSWORD --secret')).toBe(0);
    expect(io.asked[1]).toMatchObject({
      method: 'PUT',
      address: '/apps/shop/environments/dev/settings/DB_PASSWORD',
      body: { value: 'geheim', secret: true },
    });
    expect(io.outLines).toEqual([
      'DB_PASSWORD of shop is set in Development, as a secret. Change 4.',
      '  web starts again on 1 cluster of Development.',
    ]);
    expect(io.outLines.join()).not.toContain('geheim');
    const refused = portal();
    expect(await run(refused, 'settings set shop dev A=geheim --secret')).toBe(
      2,
    );
    expect(refused.errLines.join()).toMatch(/read from standard input/);
    expect(refused.errLines.join()).not.toContain('geheim');
    expect(refused.asked).toEqual([]);
  });

  it('are set for all environments, and unset', async () => {
    const io = portal();
    expect(await run(io, 'settings set shop LOG_LEVEL=a=b --why Noise')).toBe(
      0,
    );
    expect(io.asked[1]).toMatchObject({
      address: '/apps/shop/settings/LOG_LEVEL',
      body: { value: 'a=b', secret: false, why: 'Noise' },
    });
    expect(await run(io, 'settings unset shop prod LOG_LEVEL')).toBe(0);
    expect(io.outLines).toContain(
      'LOG_LEVEL of shop is removed in Production. Change 4.',
    );
    expect(await run(io, 'settings set shop dev log-level=1')).toBe(2);
  });
});

describe('docs/command-line.md', () => {
  const page = readFileSync(
    join(__dirname, '../../../../docs/command-line.md'),
    'utf8',
  );
  const [, section] = page.split('## Speaking to a portal');
  const lines = [...section.matchAll(/^ {4}npx callboard (.*)$/gm)].map(
    ([, line]) => line.replace(' < key.txt', ''),
  );

  it.each(lines)('has a command that is understood: %s', async line => {
    const io = new PortalIo(
      ({ address, method }) => {
        if (address === '/apps/shop' && method === 'GET') return app();
        if (address.includes('/actions') || method === 'PATCH')
          return { changes: true, message: 'x', notes: [], clusters: [] };
        if (address.includes('/logs')) return refusal(404, 'app-not-found');
        if (address.includes('refresh'))
          return { backstageIdentity: { token: 'a.b.c' } };
        if (address.endsWith('/placement'))
          return { verdicts: [], satisfied: true, message: 'It goes on' };
        if (address.includes('/diff'))
          return { sentence: 'x', groups: [], tasks: [], data: [] };
        return method === 'POST' || method === 'PUT' || method === 'DELETE'
          ? { version: 1, id: '1', token: 'cbt_x', warnings: [] }
          : { items: [], lacking: [] };
      },
      { 'app.yaml': 'kind: App\nmetadata: { name: shop }\n', '-': 'key\n' },
    );
    io.typed.push('cbt_typed');
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => (quoted ?? plain).replace('…', 'key'),
    );
    expect([await runCommand(args, io), io.errLines.join()]).not.toEqual([
      2,
      expect.anything(),
    ]);
  });

  it('has an example of every verb', () => {
    expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(15);
  });
});
