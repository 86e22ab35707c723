import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Cluster, KubeObject } from '@callboard/plugin-callboard-common';
import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import { SimFleet } from '@callboard/sim';
import { parseAllDocuments } from 'yaml';
import { eventually } from '@callboard/testing';
import { TestPortal } from '../__testUtils__/TestPortal';

jest.setTimeout(90_000);

const ANA = mockCredentials.user.header('user:default/ana');
const TOKEN = 'of-the-simulated-cluster';
const AGENT = join(__dirname, '../../../../packages/agent/bin/callboard-agent');
const CATALOG = join(__dirname, '../../../../catalog');

/** A portal with its real control plane, a simulated cluster, and real agents that dial in over HTTP. */
describe('a cluster that joins by dialing out', () => {
  let portal: TestPortal;
  let sims: SimFleet;
  let folder: string;
  const agents: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-joining-'));
    sims = await SimFleet.listen();
    sims.addCluster({
      name: 'edge-1',
      token: TOKEN,
      nodes: [{ name: 'n-1', cpu: '4', memory: '8Gi' }],
    });
    portal = await TestPortal.start({
      factory: { migrate: migrateStore, create: createControlPlane },
      config: {
        platform: [CATALOG],
        agentUrl: 'http://127.0.0.1:1', // the port is not known before it listens
        agent: { image: 'registry.example/callboard-agent@sha256:0' },
        clusters: [
          {
            name: 'configured-1',
            url: sims.urlOf('edge-1'),
            token: TOKEN,
            allowPlainHttp: true,
          },
        ],
      },
    });
  });

  afterAll(async () => {
    for (const agent of agents) agent.kill('SIGKILL');
    await portal?.stop();
    await sims?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      method,
      headers: {
        authorization: ANA,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  async function register(name: string) {
    const { status, body } = await ask('POST', '/clusters', {
      name,
      labels: { env: 'dev' },
    });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.join as { manifestUrl: string; command: string };
  }

  /** What kubectl reads, at the port that the test really listens on. */
  async function readManifest(manifestUrl: string) {
    const { pathname, search } = new URL(manifestUrl);
    const answer = await fetch(`${portal.url}${pathname}${search}`);
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      text: await answer.text(),
    };
  }

  async function objectsOf(manifestUrl: string): Promise<KubeObject[]> {
    const { status, text } = await readManifest(manifestUrl);
    expect([status, text]).toEqual([200, expect.any(String)]);
    return parseAllDocuments(text).map(each => each.toJS() as KubeObject);
  }

  /** Runs the agent's program with what the manifest says, beside the simulated cluster. */
  async function startAgent(manifestUrl: string, keyFile: string) {
    const objects = await objectsOf(manifestUrl);
    const secret = objects.find(
      ({ metadata }) => metadata.name === 'callboard-agent-join',
    ) as unknown as { stringData: { token: string } };
    const deployment = objects.find(({ kind }) => kind === 'Deployment');
    const args = (
      deployment as unknown as {
        spec: { template: { spec: { containers: [{ args: string[] }] } } };
      }
    ).spec.template.spec.containers[0].args;
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, JSON.stringify(sims.kubectlConfig('edge-1')));
    const agent = spawn(
      process.execPath,
      [
        AGENT,
        ...args.flatMap(each => {
          if (/^--(key|state)-secret/.test(each)) return []; // no manifest was applied there
          return each.startsWith('--hub=')
            ? [
                `--hub=${portal.url.replace('http', 'ws')}${each.slice(
                  '--hub=ws://127.0.0.1:1'.length,
                )}`,
              ]
            : [each];
        }),
        `--key-file=${join(folder, keyFile)}`,
        `--state-folder=${join(folder, `${keyFile}-state`)}`,
        `--kubeconfig=${kubeconfig}`,
      ],
      {
        env: { CALLBOARD_JOIN_TOKEN: secret.stringData.token },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    agents.push(agent);
    const lines: string[] = [];
    agent.stdout?.on('data', chunk => lines.push(String(chunk)));
    return { agent, lines };
  }

  const cluster = async (name: string) =>
    (await ask('GET', `/clusters/${name}`)).body as Cluster;
  const steps = async (name: string) =>
    (await cluster(name)).join?.steps.map(
      ({ step, state }) => `${step} ${state}`,
    );
  const journal = async (name: string) =>
    (
      (await ask('GET', `/journal?cluster=${name}`)).body as {
        items: Array<{ action: string; actor: string }>;
      }
    ).items
      .map(({ action, actor }) => `${action} by ${actor}`)
      .reverse();

  it('keeps the key of the hub for itself', async () => {
    const key = join(portal.folder, 'data', 'agents', 'hub-key.pem');
    expect((await stat(key)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a name that is none', { name: 'Edge 1' }, 422, 'cluster-invalid'],
    [
      'a label that is none',
      { name: 'x', labels: { 'a b': 'c' } },
      422,
      'cluster-invalid',
    ],
    [
      'a blueprint that nobody knows',
      { name: 'x', blueprint: 'none' },
      422,
      'blueprint-unknown',
    ],
    [
      'a name that the configuration has',
      { name: 'configured-1' },
      409,
      'cluster-exists',
    ],
    ['more than it takes', { name: 'x', token: 'y' }, 400, 'request-invalid'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await ask('POST', '/clusters', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.next).not.toBe('');
  });

  it('says where a cluster that it cannot remove comes from', async () => {
    const answer = await ask('DELETE', '/clusters/configured-1');
    expect([answer.status, answer.body.code]).toEqual([
      409,
      'cluster-not-removable',
    ]);
    expect(answer.body.next).toContain('callboard.clusters');
    expect(await ask('POST', '/clusters/configured-1/join')).toMatchObject({
      status: 409,
    });
    expect(await ask('DELETE', '/clusters/nobody')).toMatchObject({
      status: 404,
    });
  });

  it('is registered, joins, becomes ready, is removed, and may join again', async () => {
    const registration = await register('edge-1');
    expect(registration.command).toBe(
      `kubectl apply -f "${registration.manifestUrl}"`,
    );
    expect(await ask('POST', '/clusters', { name: 'edge-1' })).toMatchObject({
      status: 409,
    });
    expect(await steps('edge-1')).toEqual([
      'registered done',
      'token-used waiting',
      'connected waiting',
      'rights-checked waiting',
      'inventory waiting',
      'ready waiting',
    ]);

    const { agent } = await startAgent(registration.manifestUrl, 'first.pem');
    await eventually('it is ready', async () => {
      const { join: joined, connection, freshness } = await cluster('edge-1');
      expect(
        joined?.steps.map(({ step, state }) => `${step} ${state}`),
      ).toEqual([
        'registered done',
        'token-used done',
        'connected done',
        expect.stringMatching(/^rights-checked /), // simulated servers have no opinion on rights
        'inventory done',
        'ready done',
      ]);
      expect(joined?.expiresAt).toBeUndefined();
      expect(freshness).toBe('live');
      expect(connection).toMatchObject({
        kind: 'agent',
        since: expect.any(String),
        roundTripMs: expect.any(Number),
        agentVersion: '0.1.0',
      });
    });

    const used = await readManifest(registration.manifestUrl);
    expect(used).toMatchObject({
      status: 410,
      type: 'text/plain; charset=utf-8',
      text: expect.stringContaining('was used'),
    });

    const removedAt = Date.now();
    const removed = await ask('DELETE', '/clusters/edge-1');
    expect(removed).toEqual({
      status: 200,
      body: { name: 'edge-1', apps: [], data: [] },
    });
    expect(await ask('GET', '/clusters/edge-1')).toMatchObject({ status: 404 });
    expect(await ask('DELETE', '/clusters/edge-1')).toMatchObject({
      status: 200,
    });
    expect(Date.now() - removedAt).toBeLessThan(5_000);
    agent.kill('SIGKILL');

    const again = await register('edge-1');
    await eventually('its page waits for it', async () =>
      expect(await steps('edge-1')).toContain('token-used waiting'),
    );
    await startAgent(again.manifestUrl, 'second.pem');
    await eventually('it is ready again', async () =>
      expect(await steps('edge-1')).toContain('ready done'),
    );
    expect(await journal('edge-1')).toEqual(
      expect.arrayContaining([
        'cluster.registered by user:default/ana',
        'cluster.joined by system:fleet',
        'cluster.revoked by user:default/ana',
        'cluster.removed by system:fleet',
      ]),
    );
  });

  it('cuts the older agent off when a new token is made', async () => {
    const { manifestUrl } = await register('edge-2');
    const first = await startAgent(manifestUrl, 'third.pem');
    await eventually('it is connected', async () =>
      expect(await steps('edge-2')).toContain('connected done'),
    );
    const renewed = await ask('POST', '/clusters/edge-2/join');
    expect(renewed.status).toBe(201);
    await eventually('the older one is told', () =>
      expect(first.lines.join('')).toContain('closed the connection: revoked'),
    );
    await eventually('its page waits for the newer one', async () =>
      expect(await steps('edge-2')).toContain('token-used waiting'),
    );
    first.agent.kill('SIGKILL');
    await startAgent(renewed.body.join.manifestUrl, 'fourth.pem');
    await eventually('the newer one is connected', async () =>
      expect(await steps('edge-2')).toContain('connected done'),
    );
  });

  it('hands out no manifest without the token, and tells nothing of clusters', async () => {
    const { manifestUrl } = await register('edge-3');
    const wrong = await readManifest(`${manifestUrl}x`);
    const none = await readManifest(manifestUrl.split('?')[0]);
    const long = await readManifest(`${manifestUrl}${'x'.repeat(9_000)}`);
    const unknown = await readManifest(manifestUrl.replace('edge-3', 'edge-9'));
    expect([wrong, none, long, unknown].map(({ status }) => status)).toEqual([
      404, 404, 404, 404,
    ]);
    expect(unknown.text).toBe(wrong.text);
  });

  it('tells a browser that agents connect there', async () => {
    const answer = await fetch(`${portal.url}/api/callboard/agents/connect`);
    expect(answer.status).toBe(426);
  });
});
