import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configMap, deployment, service, TestCluster } from '../__testUtils__';

/** Power, faults, and what a restart keeps. */
describe('a fleet', () => {
  let test: TestCluster;
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'callboard-sim-'));
  });
  afterEach(async () => {
    await test.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const restart = async () => {
    const { clock } = test;
    await test.close();
    test = await TestCluster.create({}, { dataDir, clock });
  };
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${test.fleet.urlOf('eu-1')}${path}`, {
      ...init,
      headers: { Authorization: 'Bearer secret' },
    });
  const lines = (text: string) =>
    text
      .trim()
      .split('\n')
      .map(
        line =>
          JSON.parse(line) as {
            type: string;
            object: { code?: number; metadata: { name: string } };
          },
      );

  it('serves many clusters at one port, each with its own token and state', async () => {
    test = await TestCluster.create();
    test.fleet.addCluster({ name: 'us-1', token: 'other', nodes: [] });
    await test.apply(configMap('only-here'));
    const there = await fetch(
      `${test.fleet.urlOf(
        'us-1',
      )}/api/v1/namespaces/default/configmaps/only-here`,
      { headers: { Authorization: 'Bearer other' } },
    );
    expect(there.status).toBe(404);
    const stranger = await fetch(`${test.fleet.urlOf('us-1')}/version`, {
      headers: { Authorization: 'Bearer secret' },
    });
    expect(stranger.status).toBe(401);
    expect(test.fleet.urlOf('us-1')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/clusters\/us-1$/,
    );
    expect(test.fleet.kubeconfig('us-1')).toMatchObject({
      users: [{ user: { token: 'other' } }],
    });
  });

  it('keeps objects, addresses and revisions over a restart', async () => {
    test = await TestCluster.create({}, { dataDir });
    await test.apply(service('web'));
    await test.apply(deployment('web'));
    await test.passes(3_000);
    const before = test.one('Service', 'web');
    const pod = test.all('Pod')[0];
    await restart();
    expect(test.one('Service', 'web')).toEqual(before);
    await test.passes(3_000);
    expect(test.all('Pod').map(({ metadata }) => metadata.uid)).toEqual([
      pod.metadata.uid,
    ]);
    const other = await test.apply(service('other'));
    expect(Number(other.metadata.resourceVersion)).toBeGreaterThan(
      Number(before.metadata.resourceVersion),
    );
    expect((other.spec as { clusterIP: string }).clusterIP).not.toBe(
      (before.spec as { clusterIP: string }).clusterIP,
    );
  });

  it('keeps the node port of a service while another program has it, and says so until it is free', async () => {
    let report: (reason?: string) => void = () => undefined;
    const spec: Parameters<typeof TestCluster.create>[0] = {
      nodePortHost: {
        reserve: ({ wanted, onBlocked }) => {
          report = onBlocked ?? report;
          return wanted ?? 30_040;
        },
        release: () => undefined,
      },
    };
    test = await TestCluster.create(spec, { dataDir });
    await test.apply(service('web', { type: 'NodePort' }));
    const { clock } = test;
    await test.close();
    test = await TestCluster.create(spec, { dataDir, clock });
    const open = test.one('Service', 'web');
    report('Port 30040 of this machine is held by nginx (process 7)');
    expect(test.one('Service', 'web')).toMatchObject({
      spec: { ports: [{ nodePort: 30_040 }] },
      status: {
        conditions: [
          {
            type: 'NodePortOpen',
            status: 'False',
            message:
              'Port 30040 of this machine is held by nginx (process 7). The address with port 30040 works again when it is free',
          },
        ],
      },
    });
    report(undefined);
    expect(test.one('Service', 'web').status).toEqual(open.status);
  });

  it('lets a watch go on where it was before the restart', async () => {
    test = await TestCluster.create({}, { dataDir });
    const { metadata } = await test.apply(configMap('a'));
    await test.apply(configMap('b'));
    await test.send('DELETE', '/api/v1/namespaces/default/configmaps/a');
    await restart();
    const answer = raw(
      `/api/v1/namespaces/default/configmaps?watch=true&resourceVersion=${metadata.resourceVersion}&timeoutSeconds=1`,
    );
    await test.turns();
    await test.passes(2_000);
    expect(
      lines(await (await answer).text()).map(
        ({ type, object }) => `${type} ${object.metadata.name}`,
      ),
    ).toEqual(['ADDED b', 'DELETED a']);
  });

  it('drops a line that was torn by a kill, and nothing else', async () => {
    test = await TestCluster.create({}, { dataDir });
    await test.apply(configMap('whole'));
    await test.close();
    const file = join(dataDir, 'eu-1.jsonl');
    appendFileSync(
      file,
      '{"type":"ADDED","storage":"/configmaps","object":{"apiVer',
    );
    test = await TestCluster.create({}, { dataDir });
    await test.apply(configMap('after'));
    expect(test.one('ConfigMap', 'whole').metadata.name).toBe('whole');
    await restart();
    expect(test.one('ConfigMap', 'after').metadata.name).toBe('after');
  });

  it('says 410 to who watches from before the window', async () => {
    test = await TestCluster.create();
    const { metadata } = await test.apply(configMap('a'));
    await test.apply(configMap('b'));
    test.cluster.compact();
    const answer = await raw(
      `/api/v1/configmaps?watch=true&resourceVersion=${metadata.resourceVersion}`,
    );
    expect(answer.status).toBe(200);
    expect(lines(await answer.text())).toMatchObject([
      { type: 'ERROR', object: { code: 410, reason: 'Expired' } },
    ]);
  });

  it('tells an idle watch a bookmark every minute', async () => {
    test = await TestCluster.create();
    const answer = raw(
      '/api/v1/configmaps?watch=true&resourceVersion=0&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=150',
    );
    await test.turns();
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    for (let i = 0; i < 4; i++) await test.clock.advance(40_000);
    expect(lines(await (await answer).text()).map(({ type }) => type)).toEqual([
      'BOOKMARK',
      'BOOKMARK',
    ]);
  });

  it('cuts requests without power, and hangs them when told to', async () => {
    test = await TestCluster.create();
    test.cluster.setPower(false);
    expect(test.cluster.isOn).toBe(false);
    await expect(raw('/version')).rejects.toThrow('fetch failed');
    test.cluster.setPower(true);
    test.cluster.setPower(false, { mode: 'blackhole' });
    await expect(
      raw('/version', { signal: AbortSignal.timeout(100) }),
    ).rejects.toThrow('aborted due to timeout');
    test.cluster.setPower(true);
    expect((await raw('/version')).status).toBe(200);
  });

  it('lets open watches fall silent without power', async () => {
    test = await TestCluster.create();
    const answer = await raw('/api/v1/configmaps?watch=true&resourceVersion=');
    const reader = answer.body?.getReader();
    await reader?.read();
    test.cluster.setPower(false);
    const next = reader?.read().then(
      ({ done }) => (done ? 'ended' : 'told'),
      () => 'cut',
    );
    const silence = new Promise(resolve => {
      setTimeout(() => resolve('silent'), 100);
    });
    expect(await Promise.race([next, silence])).toBe('silent');
    test.cluster.setPower(true);
    expect(await next).toBe('cut');
  });

  it.each([
    ['throttling', { throttle: { ratio: 1, retryAfterSeconds: 7 } }, 429],
    ['errors', { errors: { ratio: 1, code: 503 } }, 503],
    ['nonsense', { nonsense: { ratio: 1 } }, 200],
  ])('plays %s', async (_, fault, status) => {
    test = await TestCluster.create();
    test.cluster.setFault(fault);
    const answer = await raw('/version');
    expect(answer.status).toBe(status);
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
    const text = await answer.text();
    expect(text.startsWith('{')).toBe(status !== 200);
    test.cluster.setFault();
    expect((await raw('/version')).status).toBe(200);
  });

  it('answers late when told to', async () => {
    test = await TestCluster.create();
    test.cluster.setFault({ latencyMs: 5_000 });
    let isAnswered = false;
    const answer = raw('/version').then(({ status }) => {
      isAnswered = true;
      return status;
    });
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
    expect(isAnswered).toBe(false);
    // A busy machine may not have received it yet.
    while (!isAnswered) {
      await test.clock.advance(5_000);
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    }
    expect(await answer).toBe(200);
  });
});
