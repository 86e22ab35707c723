import type { LogLine } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(120_000);

const CLUSTERS = ['eu-1', 'us-1'];
const SECRET = 'c4lm-river-71-pay';
const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    variables: { KEY: "\${resources.vault.PAYMENT_KEY}" }
resources:
  vault: { type: secret }
`;

type Question = Parameters<TestFleet['controlPlane']['readLogs']>[0];

describe('the output of an app', () => {
  let fleet: TestFleet;
  const ends: AbortController[] = [];
  afterEach(async () => {
    ends.splice(0).forEach(end => end.abort());
    await fleet?.close();
  });

  async function start(count = 2): Promise<void> {
    fleet = await TestFleet.create({ clusters: CLUSTERS });
    fleet.platform = {
      ...fleet.platform,
      environments: [
        {
          apiVersion: 'callboard.dev/v1alpha1',
          kind: 'Environment',
          metadata: { name: 'dev', title: 'Development' },
          spec: { order: 1, placement: { numberOfClusters: count } },
        },
      ],
    };
    await fleet.settles();
  }

  const asked = (filter: Partial<Question['filter']> = {}): Question => ({
    app: 'shop',
    environment: 'dev',
    filter: { tail: 100, ...filter },
  });

  async function texts(filter: Partial<Question['filter']> = {}) {
    const lines = await fleet.controlPlane.readLogs(asked(filter));
    if (!lines.ok) throw new Error(lines.problem.why);
    return lines.value.map(({ cluster, text }) => `${cluster} ${text}`);
  }

  /** Follows; what came so far is in the array that is returned. */
  function follow(filter: Partial<Question['filter']> = {}): LogLine[] {
    const end = new AbortController();
    ends.push(end);
    const came: LogLine[] = [];
    void (async () => {
      for await (const lines of fleet.controlPlane.followLogs(
        asked(filter),
        end.signal,
      ))
        came.push(...lines);
    })();
    return came;
  }

  const said = (lines: readonly LogLine[]) =>
    lines.map(({ cluster, text }) => `${cluster} ${text}`);

  it('is of all its clusters, in the order it was written, as far as it is wanted', async () => {
    await start();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    fleet.apps.print('shop', 'eu-1', ['{"level":"warn","msg":"slow"}']);
    await eventually(async () =>
      expect(await texts()).toContain('eu-1 {"level":"warn","msg":"slow"}'),
    );
    fleet.apps.print('shop', 'us-1', ['ERROR no bank', '    at pay']);
    await eventually(async () =>
      expect((await texts()).slice(-3)).toEqual([
        'eu-1 {"level":"warn","msg":"slow"}',
        'us-1 ERROR no bank',
        'us-1     at pay',
      ]),
    );
    expect(await texts({ level: 'error' })).toEqual([
      'us-1 ERROR no bank',
      'us-1     at pay',
    ]);
    expect(await texts({ grep: 'BANK' })).toEqual(['us-1 ERROR no bank']);
    expect(await texts({ tail: 1 })).toEqual(['us-1     at pay']);
    const all = await fleet.controlPlane.readLogs(asked());
    const [first] = all.ok ? all.value : [];
    expect(first.at).toMatch(/^20\d\d-.*\.\d{9}Z$/);
    const of = await texts({ instance: first.instance });
    expect(new Set(of.map(line => line.slice(0, 4)))).toEqual(
      new Set([first.cluster]),
    );
    expect(await texts({ since: '2999-01-01T00:00:00Z' })).toEqual([]);
    expect(await texts({ until: '2000-01-01T00:00:00Z' })).toEqual([]);
  });

  it('is followed: what comes, each line once, and of instances that start later', async () => {
    await start();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const came = follow();
    await eventually(() =>
      expect(said(came).sort()).toEqual(['eu-1 listening', 'us-1 listening']),
    );
    fleet.apps.print('shop', 'eu-1', ['one', 'two']);
    await eventually(() =>
      expect(said(came).slice(2)).toEqual(['eu-1 one', 'eu-1 two']),
    );
    fleet.apps.print('shop', 'us-1', ['three']);
    fleet.apps.print('shop', 'eu-1', ['four']);
    await eventually(() =>
      expect(said(came).slice(4).sort()).toEqual(['eu-1 four', 'us-1 three']),
    );
    const before = new Set(came.map(({ instance }) => instance));
    await fleet.send('shop', {
      does: 'listen-elsewhere',
      says: ['another release'],
    });
    await eventually(() =>
      expect(
        came.filter(
          ({ instance, text }) =>
            text === 'another release' && !before.has(instance),
        ).length,
      ).toBeGreaterThan(0),
    );
  });

  it('of the run before is there after a crash', async () => {
    await start(1);
    await fleet.push('shop', { does: 'crash', code: 3, says: ['no disk'] });
    await eventually(async () =>
      expect(await texts({ previous: true })).toEqual([
        expect.stringContaining('no disk'),
      ]),
    );
  });

  it('never holds a secret of the app, and a search does not tell what is in it', async () => {
    await start(1);
    await fleet.push('shop', { does: 'serve' }, { 'score.yaml': SCORE });
    await fleet.controlPlane.changeSetting(
      { app: 'shop', name: 'PAYMENT_KEY', actor: 'user:default/ana' },
      { kind: 'set', value: SECRET, secret: true },
    );
    await fleet.turns('shop', 'dev', 'Healthy');
    const came = follow();
    const searched = follow({ grep: SECRET.slice(0, 8) });
    const [{ cluster }] = (await fleet.environment('shop', 'dev')).clusters;
    await eventually(() => expect(came.length).toBeGreaterThan(0));
    const lines = [
      `pays with ${SECRET}`,
      '-----BEGIN PRIVATE KEY-----',
      'MIIBVQIBADANBgkqhkiG9w0',
    ];
    fleet.apps.print('shop', cluster, lines);
    fleet.apps.print('shop', cluster, ['AAAAB3NzaC1yc2EAAAADAQAB']);
    fleet.apps.print('shop', cluster, ['-----END PRIVATE KEY-----', 'done']);
    await eventually(() => expect(said(came).at(-1)).toContain('done'));
    expect(JSON.stringify(came)).toContain('pays with •••');
    expect(searched).toEqual([]);
    for (const text of [JSON.stringify(came), (await texts()).join()])
      expect(text).not.toMatch(/c4lm-river|MIIBVQ|AAAAB3/);
    expect(await texts({ grep: SECRET.slice(0, 8) })).toEqual([]);
  });

  it('says in a line which cluster cannot be read, and goes on when it can', async () => {
    await start();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const came = follow();
    await eventually(() => expect(came).toHaveLength(2));
    fleet.cluster('us-1').setPower(false);
    await eventually(
      () =>
        expect(came.at(-1)).toMatchObject({
          cluster: 'us-1',
          stream: 'callboard',
          instance: '',
        }),
      { timeoutMs: 30_000 },
    );
    const lines = await texts();
    expect(lines).toContain('eu-1 listening');
    expect(lines.filter(line => line.startsWith('us-1 '))).toEqual([
      expect.stringMatching(/^us-1 us-1 does not answer: /),
    ]);
    fleet.cluster('us-1').setPower(true);
    await eventually(
      () => {
        fleet.apps.print('shop', 'us-1', ['back']);
        expect(said(came)).toContain('us-1 back');
      },
      { timeoutMs: 30_000 },
    );
  });
});
