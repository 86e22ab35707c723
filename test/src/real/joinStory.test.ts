import {
  type ChildProcess,
  execFile,
  spawn,
  spawnSync,
} from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AGENT_VERSION } from '@callboard/agent';
import { parse, stringify } from 'yaml';
import {
  type Running,
  makeCertificates,
  startNginx,
  startTinyproxy,
} from '../support/proxies';
import { startRegistry } from '../support/startRegistry';
import { JoinPortal } from './__testUtils__/JoinPortal';
import { eventually, freePort } from '@callboard/testing';
import { pushAgent } from './__testUtils__/pushAgent';
import {
  type StartedCluster,
  findObstacle,
  startCluster,
} from './__testUtils__/startCluster';

/** What an image is pulled with that was pulled with a password before. */
const NOBODY = {
  '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64'),
};
const hasProxies = () =>
  ['tinyproxy', 'nginx'].every(
    program => spawnSync('which', [program]).status === 0,
  );
const AGENT = join(__dirname, '../../../packages/agent/bin/callboard-agent');
const NAMESPACE = 'callboard-agent';
const NEWER = '99.0.0'; // than any that this portal brings
const EVERYTHING_DONE = [
  'registered done',
  'token-used done',
  'connected done',
  'rights-checked done',
  'inventory done',
  'ready done',
];

const assets = process.env.KUBEBUILDER_ASSETS;
const obstacleOf = (mode: 'bare' | 'real') =>
  findObstacle(mode) ??
  (assets === undefined ? 'KUBEBUILDER_ASSETS is not set' : undefined);

/** kubectl as a person runs it who has the right to everything there; `trusts` names a CA of theirs. */
async function kubectl(
  cluster: Pick<StartedCluster, 'kubeconfig'> & { trusts?: string },
  ...args: string[]
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    join(assets ?? '', 'kubectl'),
    ['--kubeconfig', cluster.kubeconfig, ...args],
    {
      encoding: 'utf8',
      timeout: 30_000,
      ...(cluster.trusts && {
        env: { ...process.env, SSL_CERT_FILE: cluster.trusts },
      }),
    },
  );
  return stdout;
}

async function kubectlApply(
  cluster: StartedCluster,
  object: object,
): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'callboard-apply-')), 'it.json');
  writeFileSync(file, JSON.stringify(object), { mode: 0o600 });
  await kubectl(cluster, 'apply', '-f', file);
  rmSync(dirname(file), { recursive: true });
}

function describeOn(
  mode: 'bare' | 'real',
  name: string,
  describeIt: () => void,
) {
  const obstacle = obstacleOf(mode);
  (obstacle === undefined ? describe : describe.skip)(
    `${name}${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`,
    describeIt,
  );
}

describeOn(
  'bare',
  'a cluster joins on an API server that checks rights',
  () => {
    let cluster: StartedCluster;
    let portal: JoinPortal;
    let folder: string;
    let agent: ChildProcess;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-agent-'));
      cluster = await startCluster('bare');
      portal = await JoinPortal.start('127.0.0.1', {
        agent: { image: 'registry.example/callboard-agent:1' },
      });
    }, 120_000);

    afterAll(async () => {
      agent?.kill('SIGKILL');
      await portal?.stop();
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    }, 30_000);

    /** Runs the agent with the account of the manifest: there are no nodes to run it on. */
    async function startAgent(token: string): Promise<ChildProcess> {
      const account = await kubectl(
        cluster,
        ...['create', 'token', 'callboard-agent', '-n', NAMESPACE],
      );
      const config = parse(readFileSync(cluster.kubeconfig, 'utf8'));
      config.users.forEach((each: { user: object }) => {
        each.user = { token: account.trim() };
      });
      const kubeconfig = join(folder, 'kubeconfig');
      writeFileSync(kubeconfig, stringify(config), { mode: 0o600 });
      const args = JSON.parse(
        await kubectl(
          cluster,
          ...['get', 'deployment', 'callboard-agent', '-n', NAMESPACE],
          '-o=jsonpath={.spec.template.spec.containers[0].args}',
        ),
      ) as string[];
      return spawn(
        process.execPath,
        [AGENT, ...args, `--kubeconfig=${kubeconfig}`],
        { env: { CALLBOARD_JOIN_TOKEN: token }, stdio: 'inherit' },
      );
    }

    it('by one line of kubectl, with just the rights of the manifest', async () => {
      const { status, body } = await portal.ask('POST', '/clusters', {
        name: 'edge-1',
        labels: { env: 'dev' },
      });
      expect(status).toBe(201);
      const applied = await kubectl(
        cluster,
        'apply',
        '-f',
        body.join.manifestUrl,
      );
      expect(applied).toContain('deployment.apps/callboard-agent created');
      agent = await startAgent(
        new URL(body.join.manifestUrl).searchParams.get('token') ?? '',
      );
      await eventually(
        'it is ready',
        async () => {
          const steps = await portal.steps('edge-1');
          // Nobody runs nodes here; the version alone is its inventory.
          expect(steps).toEqual(EVERYTHING_DONE);
        },
        60_000,
      );
      await expect(
        kubectl(cluster, 'apply', '-f', body.join.manifestUrl),
      ).rejects.toThrow(/410/);
    }, 90_000);

    it('names the right that somebody took away', async () => {
      const role = JSON.parse(
        await kubectl(
          cluster,
          'get',
          'clusterrole',
          'callboard-agent',
          '-o=json',
        ),
      );
      for (const rule of role.rules) {
        if (rule.resources.includes('services'))
          rule.verbs = rule.verbs.filter((verb: string) => verb !== 'delete');
      }
      const file = join(folder, 'role.json');
      writeFileSync(file, JSON.stringify(role));
      await kubectl(cluster, 'replace', '-f', file);
      agent.kill('SIGKILL'); // asked again at its return
      agent = await startAgent('');
      await eventually(
        'the missing right is named',
        async () =>
          expect((await portal.steps('edge-1')).join()).toContain(
            'rights-checked failed: The agent may not delete services.',
          ),
        60_000,
      );
    }, 90_000);

    it('is cut off within 5 s when it is removed', async () => {
      const startedAt = Date.now();
      const removed = await portal.ask('DELETE', '/clusters/edge-1');
      expect(removed).toMatchObject({ status: 200, body: { name: 'edge-1' } });
      await eventually(
        'it left the fleet',
        async () =>
          expect((await portal.ask('GET', '/clusters/edge-1')).status).toBe(
            404,
          ),
        5_000,
      );
      expect(Date.now() - startedAt).toBeLessThan(5_000);
    });
  },
);

describeOn('real', 'a cluster joins from its own node', () => {
  let cluster: StartedCluster;
  let portal: JoinPortal;
  let folder: string;
  const running: Running[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-site-'));
    cluster = await startCluster('real');
    portal = await JoinPortal.start(cluster.hub!, {
      builder: { registry: `${cluster.registry}/apps`, insecure: true },
    });
  }, 180_000);

  afterAll(async () => {
    for (const each of running) await each.stop();
    await portal?.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  it('by one line of kubectl: the image of the agent is built, pulled and runs', async () => {
    const { status, body } = await portal.ask('POST', '/clusters', {
      name: 'edge-1',
      labels: { env: 'dev', region: 'lab' },
    });
    expect([status, body.join?.command ?? body]).toEqual([
      201,
      `kubectl apply -f "${body.join?.manifestUrl}"`,
    ]);
    await kubectl(cluster, 'apply', '-f', body.join.manifestUrl);
    await eventually(
      'it is ready',
      async () => expect(await portal.steps('edge-1')).toEqual(EVERYTHING_DONE),
      120_000,
    );
    const { connection, nodes, freshness } = await portal.cluster('edge-1');
    expect([freshness, nodes.ready]).toEqual(['live', 1]);
    expect(connection).toMatchObject({
      kind: 'agent',
      agentVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
      roundTripMs: expect.any(Number),
    });
    const pod = JSON.parse(
      await kubectl(cluster, 'get', 'pods', '-n', NAMESPACE, '-o=json'),
    ).items[0];
    expect(pod.spec.containers[0].image).toMatch(
      /\/callboard-agent@sha256:[0-9a-f]{64}$/,
    );
    expect(pod.spec.securityContext.runAsUser).toBe(65532);
  }, 180_000);

  it('runs an app through the tunnel', async () => {
    const score = JSON.stringify({
      apiVersion: 'score.dev/v1b1',
      metadata: { name: 'web' },
      containers: { web: { image: `${cluster.registry}/trial:1` } },
    });
    const created = await portal.ask('POST', '/apps', {
      name: 'shop',
      owner: 'user:default/dev',
      files: { 'score.yaml': score },
    });
    expect([created.status, created.body.code]).toEqual([201, undefined]);
    await eventually(
      'it is Healthy there',
      async () => {
        const { environments } = await portal.app('shop');
        const dev = environments.find(({ name }) => name === 'dev');
        expect(
          dev?.clusters.map(each => `${each.cluster} ${each.health.status}`),
        ).toEqual(['edge-1 Healthy']);
      },
      90_000,
    );
  }, 120_000);

  const podOfAgent = async () => {
    const pods = JSON.parse(
      await kubectl(cluster, 'get', 'pods', '-n', NAMESPACE, '-o=json'),
    ).items as Array<{
      metadata: { name: string; deletionTimestamp?: string };
      spec: { containers: Array<{ image: string }> };
      status: { containerStatuses?: Array<{ ready: boolean }> };
    }>;
    return pods.map(({ metadata, spec, status }) => ({
      name: metadata.name,
      image: spec.containers[0].image,
      isReady: status.containerStatuses?.[0].ready === true,
    }));
  };

  it('keeps its agent where a newer one cannot be pulled: the wave halts and names it', async () => {
    const [before] = await podOfAgent();
    const [repository] = before.image.split('@');
    await portal.restart({
      agent: {
        image: `${repository}@sha256:${'0'.repeat(64)}`,
        version: NEWER,
      },
    });
    await eventually(
      'the upgrade halts, and says why',
      async () =>
        expect((await portal.cluster('edge-1')).connection).toMatchObject({
          agentVersion: AGENT_VERSION,
          upgrade: {
            version: NEWER,
            state: 'halted',
            problem: {
              code: 'agent-upgrade-stuck',
              what: `Cannot upgrade the agent of "edge-1" to ${NEWER}`,
              why: expect.stringMatching(/image .* does not exist/),
              next: expect.stringContaining('describe pods'),
            },
          },
        }),
      90_000,
    );
    expect(await podOfAgent()).toContainEqual({ ...before, isReady: true });
    const { freshness } = await portal.cluster('edge-1');
    expect(freshness).toBe('live');
    const { body } = await portal.ask('GET', '/journal?cluster=edge-1');
    expect(JSON.stringify(body)).toContain('Upgrades of agents halt');
  }, 120_000);

  it('gets the newer agent from the hub once it can be pulled; the tunnel comes back and the older one goes', async () => {
    const image = await pushAgent(`${cluster.registry}/apps`, NEWER);
    await portal.restart({ agent: { image, version: NEWER } });
    await eventually(
      'only the newer agent runs',
      async () => {
        expect(
          (await podOfAgent()).map(pod => `${pod.image} ${pod.isReady}`),
        ).toEqual([`${image} true`]);
        const { connection, freshness } = await portal.cluster('edge-1');
        expect([freshness, connection.agentVersion]).toEqual(['live', NEWER]);
        expect(connection.upgrade).toBeUndefined();
      },
      120_000,
    );
    const logs = await portal.ask(
      'GET',
      '/apps/shop/environments/dev/logs?cluster=edge-1',
    );
    expect(logs.status).toBe(200); // through the tunnel of the newer agent
    const { environments } = await portal.app('shop');
    expect(environments[0].health.status).toBe('Healthy');
    const { body } = await portal.ask('GET', '/journal?cluster=edge-1');
    expect(JSON.stringify(body)).toContain(
      `runs version ${NEWER}, it ran ${AGENT_VERSION}`,
    );
  }, 240_000);

  it('is removed: says what ran there, and cuts the agent off', async () => {
    const removed = await portal.ask('DELETE', '/clusters/edge-1');
    expect(removed.body).toMatchObject({
      name: 'edge-1',
      apps: [{ app: 'shop', environment: 'dev', release: 1 }],
    });
    await eventually(
      'the agent was told',
      async () =>
        expect(
          await kubectl(
            cluster,
            ...['logs', 'deployment/callboard-agent', '-n', NAMESPACE],
          ),
        ).toContain('revoked'),
      5_000,
    );
    expect((await portal.ask('GET', '/clusters/edge-1')).status).toBe(404);
  }, 30_000);

  it('joins with an image that the registry gives to nobody without a password', async () => {
    const registry = await startRegistry(join(folder, 'registry'), {
      address: `${cluster.hub}:5000`,
    });
    running.push(registry);
    await portal.restart({
      builder: {
        registry: `${cluster.hub}:5000/apps`,
        insecure: true,
        username: registry.username,
        password: registry.password,
      },
    });
    const { body } = await portal.ask('POST', '/clusters', {
      name: 'edge-3',
      labels: { env: 'dev' },
    });
    await kubectl(cluster, 'apply', '-f', body.join.manifestUrl);
    await eventually(
      'it is ready',
      async () => expect(await portal.steps('edge-3')).toEqual(EVERYTHING_DONE),
      120_000,
    );
    const image = `${cluster.hub}:5000/apps/callboard-agent`;
    expect((await podOfAgent()).map(pod => pod.image)).toContainEqual(
      expect.stringContaining(image),
    );
    expect(registry.log()).toMatch(/callboard-agent.*\b401\b/); // it does ask
    const { body: journal } = await portal.ask('GET', '/journal?limit=200');
    const { body: page } = await portal.ask('GET', '/clusters/edge-3');
    const logs = await kubectl(
      cluster,
      ...['logs', '-n', NAMESPACE, 'deployment/callboard-agent'],
    );
    const shown = JSON.stringify([journal, page, logs]);
    const { username, password } = registry;
    expect(shown).not.toContain(password);
    expect(shown).not.toContain(
      Buffer.from(`${username}:${password}`).toString('base64'),
    );

    await kubectl(
      cluster,
      ...['patch', 'secret', 'callboard-agent-pull', '-n', NAMESPACE],
      ...['--type=merge', '-p', JSON.stringify({ data: NOBODY })],
    );
    await portal.restart({
      builder: {
        registry: `${cluster.hub}:5000/apps`,
        insecure: true,
        username,
        password,
      },
    });
    await eventually(
      'what it is pulled with is as the platform has it',
      async () =>
        expect(
          await kubectl(
            cluster,
            ...['get', 'secret', 'callboard-agent-pull', '-n', NAMESPACE],
            '-o=jsonpath={.data}',
          ),
        ).not.toContain(NOBODY['.dockerconfigjson']),
      60_000,
    );
  }, 300_000);

  (hasProxies() ? describe : describe.skip)(
    `behind a proxy${
      hasProxies() ? '' : ' (skipped: tinyproxy or nginx is not installed)'
    }`,
    () => {
      it('joins again, to a portal with a CA of its own', async () => {
        const host = cluster.hub!;
        const certificates = makeCertificates(join(folder, 'ca'), `IP:${host}`);
        const port = await freePort(host);
        const { host: target } = new URL(portal.url);
        const door = await startNginx(join(folder, 'nginx'), {
          ...certificates,
          host,
          port,
          target,
        });
        const account = { name: 'site', password: 'pa_ss-word.1' };
        const proxy = await startTinyproxy(join(folder, 'proxy'), {
          host,
          account,
        });
        running.push(door, proxy);
        await portal.restart({
          agentUrl: `https://${host}:${port}`,
          agentCaFile: certificates.ca,
          builder: { registry: `${cluster.registry}/apps`, insecure: true },
        });
        const nameProxy = (password: string) =>
          kubectlApply(cluster, {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'callboard-agent-proxy', namespace: NAMESPACE },
            stringData: {
              HTTPS_PROXY: `http://${account.name}:${password}@${host}:${proxy.port}`,
            },
          });
        await nameProxy('guessed');
        const { body } = await portal.ask('POST', '/clusters', {
          name: 'edge-2',
          labels: { env: 'dev' },
        });
        await kubectl(
          { ...cluster, trusts: certificates.ca },
          ...['apply', '-f', body.join.manifestUrl],
        );
        const log = () =>
          kubectl(
            cluster,
            ...['logs', '-n', NAMESPACE, '--prefix', '--tail=20'],
            ...['-l', 'app.kubernetes.io/name=callboard-agent'],
          );
        await eventually(
          'the agent says that the proxy does not take it',
          async () =>
            expect(await log()).toMatch(
              /does not take the name and the password of its address/,
            ),
          60_000,
        );
        expect((await portal.steps('edge-2'))[2]).toBe('connected waiting');
        await nameProxy(account.password);
        await kubectl(
          cluster,
          ...['rollout', 'restart', 'deployment/callboard-agent'],
          ...['-n', NAMESPACE],
        );
        await eventually(
          'it is ready',
          async () =>
            expect(await portal.steps('edge-2')).toEqual(EVERYTHING_DONE),
          120_000,
        );
        expect(proxy.log()).toContain(`CONNECT ${host}:${port}`);
        expect(await log()).not.toMatch(/guessed|pa_ss/);
      }, 240_000);
    },
  );
});
