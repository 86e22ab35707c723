import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type {
  App,
  AppEnvironment,
  Cluster,
  ItemList,
  JournalEntry,
  LogLine,
} from '@callboard/plugin-callboard-common';
import { type Page, expect, test } from '@playwright/test';
import {
  type StartedCluster,
  findObstacle,
  startCluster,
} from '../src/real/__testUtils__/startCluster';
import { enterPortal } from './support/enterPortal';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import { Site } from './support/Site';
import { takeScreenshots } from './support/takeScreenshots';

const ASSETS = process.env.KUBEBUILDER_ASSETS ?? '';
const CATALOG = resolve(__dirname, '../../catalog');
const obstacle =
  findObstacle('real') ??
  (existsSync(join(ASSETS, 'registry'))
    ? undefined
    : 'KUBEBUILDER_ASSETS has no registry');

/** Environment of the story: both real clusters, and no simulated one. */
const LAB = `apiVersion: callboard.dev/v1alpha1
kind: Environment
metadata: { name: lab, title: Lab, description: Both real clusters }
spec:
  order: 0
  builder: image
  placement:
    numberOfClusters: 2
    predicates:
      - requiredClusterSelector:
          labelSelector: { matchLabels: { region: lab } }
`;

const SERVER = (answer: string) => `
const kept = [];
require('node:http')
  .createServer((request, response) => {
    if (request.url === '/eat') setInterval(() => kept.push(Buffer.alloc(8e6, 1)), 20);
    response.end(${JSON.stringify(answer)});
  })
  .listen(8080, () => console.log('listening on 8080'));
`;

const score = (image: string) => `apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  web:
    image: ${image}
    readinessProbe: { httpGet: { path: /, port: 8080 } }
    resources:
      requests: { memory: 64Mi }
      limits: { memory: 128Mi }
service: { ports: { web: { port: 80, targetPort: 8080 } } }
`;

test.describe.configure({ mode: 'serial' });
test.skip(obstacle !== undefined, obstacle ?? '');

let first: StartedCluster;
let second: StartedCluster;
let site: Site;
let registry: ChildProcess;
let folder: string;
let portal: Portal;
let page: Page;
let shop: Repository;

const lab = async (app: string): Promise<AppEnvironment> => {
  const { body } = await portal.api<App>(`/apps/${app}`);
  const found = body.environments?.find(({ name }) => name === 'lab');
  if (!found) throw new Error(`${app} is not in lab`);
  return found;
};
const cluster = async (name: string) =>
  (await portal.api<Cluster>(`/clusters/${name}`)).body;
const stateOn = async (app: string, name: string) => {
  const on = (await lab(app)).clusters.find(each => each.cluster === name);
  return `${on?.health.status} ${on?.release}`;
};
const answerOn = async (app: string, name: string) => {
  const on = (await lab(app)).clusters.find(each => each.cluster === name);
  return fetch(on!.urls[0], { signal: AbortSignal.timeout(5_000) }).then(
    response => response.text(),
    error => String(error),
  );
};
const outputOn = async (app: string, name: string) => {
  const { body } = await portal.api<LogLine[]>(
    `/apps/${app}/environments/lab/logs?cluster=${name}`,
  );
  return JSON.stringify(body);
};
/** The one process that does the work is killed, and started again by its supervisor. */
const killPortal = async () => {
  await portal.kill();
  await portal.start();
};
/** Its command line names this very portal. As soon as one runs: it may have been killed a moment ago. */
const killAgent = () =>
  expect
    .poll(
      () =>
        site
          .killProcess(`:${portal.port}/api/callboard/agents/connect`)
          .then(() => 'killed', String),
      { timeout: 90_000 },
    )
    .toBe('killed');
/** The same, and another pod at once: killed often, the same one would be started ever later. */
const killAgentPod = async () => {
  await killAgent();
  await site.kubectl(
    ...['delete', 'pods', '--all', '--namespace', 'callboard-agent'],
    ...['--force', '--grace-period', '0', '--wait=false'],
  );
};
/** Somewhere in the middle of a step, at the same instants in every run of one seed. */
const SEED = Number(process.env.CALLBOARD_SEED ?? 20261120);
const inTheMiddle = (step: string, mostMs: number) =>
  new Promise(done => {
    const hash = createHash('sha256').update(`${SEED} ${step}`).digest();
    setTimeout(done, (hash.readUInt32BE() / 2 ** 32) * mostMs);
  });
const backOnline = () =>
  expect
    .poll(async () => (await cluster('real-2')).freshness, { timeout: 120_000 })
    .toBe('live');

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  [first, second] = await Promise.all([
    startCluster('real'),
    startCluster('real'),
  ]);
  site = new Site(second, ASSETS);
  folder = await mkdtemp(join(tmpdir(), 'callboard-lab-'));
  const address = `${first.hub}:5000`;
  registry = spawn(
    join(ASSETS, 'registry'),
    ['--address', address, '--images', resolve(ASSETS, '../images')],
    { stdio: 'ignore' },
  );
  await mkdir(join(folder, 'platform/environments'), { recursive: true });
  await writeFile(join(folder, 'platform/environments/lab.yaml'), LAB);
  const config = join(folder, 'config.yaml');
  portal = await Portal.create({ configs: [config] });
  await writeFile(
    config,
    JSON.stringify({
      backend: { listen: { host: '0.0.0.0', port: portal.port } },
      callboard: {
        agentUrl: `http://${first.hub}:${portal.port}`,
        platform: [CATALOG, join(folder, 'platform')],
        builder: {
          type: 'image',
          registry: `${address}/apps`,
          insecure: true,
        },
        clusters: [
          {
            name: 'real-1',
            labels: { region: 'lab' },
            kubeconfig: { file: first.kubeconfig },
            exposure: { type: 'NodePort', host: first.node },
          },
        ],
      },
    }),
  );
  await portal.start();
  page = await browser.newPage();
  await enterPortal(page, portal.signInUrl('/callboard'));
});

test.afterAll(async () => {
  await page?.close();
  await shop?.remove();
  await portal?.remove();
  registry?.kill();
  await Promise.all([first?.stop(), second?.stop()]);
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('a cluster that nobody can dial joins with one command', async () => {
  test.setTimeout(240_000);
  await site.closeApiServer();
  await expect(dial(second.server)).rejects.toThrow(/ECONNREFUSED/);
  const { status, body } = await portal.api<{
    join: { command: string; manifestUrl: string };
  }>('/clusters', {
    method: 'POST',
    body: {
      name: 'real-2',
      labels: { region: 'lab' },
      exposure: { type: 'NodePort', host: second.node },
    },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body.join.command).toBe(`kubectl apply -f "${body.join.manifestUrl}"`);
  await killPortal(); // a registration outlives the process that gave it
  await site.paste(body.join.command);
  await killAgentPod(); // as soon as it runs, wherever it is with joining
  await expect
    .poll(async () => (await cluster('real-2')).freshness, { timeout: 120_000 })
    .toBe('live');
  const { connection } = await cluster('real-2');
  expect(connection).toMatchObject({
    kind: 'agent',
    agentVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
  expect((await cluster('real-1')).connection.kind).toBe('kubeconfig');
  expect((await cluster('eu-1')).connection.kind).toBe('playground');
});

test('a push becomes an image that answers on both', async () => {
  test.setTimeout(240_000);
  shop = await Repository.create({
    'score.yaml': score('.'),
    'server.js': SERVER('first'),
    'package.json': '{"name":"shop","private":true}',
  });
  const pushed = await shop.push(portal.cloneUrl('shop'));
  expect(pushed.ok, pushed.text).toBe(true);
  for (const name of ['real-1', 'real-2']) {
    await expect
      .poll(() => stateOn('shop', name), { timeout: 60_000 })
      .toBe('Healthy 1');
    await expect.poll(() => answerOn('shop', name)).toBe('first');
    // An agent that was killed twice may hand over once more meanwhile.
    await expect
      .poll(() => outputOn('shop', name), { timeout: 90_000 })
      .toContain('listening on 8080');
  }
});

test('a push goes on where the portal was killed in the middle of it', async () => {
  test.setTimeout(240_000);
  await shop.commit('Second version', { 'server.js': SERVER('second') });
  const pushing = shop.push(portal.cloneUrl('shop'));
  await expect
    .poll(
      async () =>
        (
          await portal.api<ItemList<JournalEntry>>('/journal?app=shop')
        ).body.items[0]?.message,
    )
    .toMatch(/Second version|Release 2|release 2/);
  await killPortal();
  await pushing;
  await inTheMiddle('apply', 1_500);
  await killAgentPod();
  for (const name of ['real-1', 'real-2'])
    await expect
      .poll(() => stateOn('shop', name), { timeout: 90_000 })
      .toBe('Healthy 2');
  await killAgent();
  await expect
    .poll(() => answerOn('shop', 'real-2'), { timeout: 30_000 })
    .toBe('second');
  await expect
    .poll(async () => (await cluster('real-2')).freshness, { timeout: 90_000 })
    .toBe('live');
});

test('what an app writes is read though its agent is killed meanwhile', async () => {
  test.setTimeout(180_000);
  await backOnline();
  const read = () =>
    portal.api<LogLine[]>('/apps/shop/environments/lab/logs?cluster=real-2');
  const reading = read();
  await inTheMiddle('logs', 50);
  await killAgentPod();
  expect([200, 503]).toContain((await reading).status); // told or refused, never hanging
  await expect
    .poll(async () => JSON.stringify((await read()).body), { timeout: 120_000 })
    .toContain('listening on 8080');
});

test('memory that is eaten is told with limit and peak', async () => {
  test.setTimeout(240_000);
  const on = (await lab('shop')).clusters.find(
    each => each.cluster === 'real-2',
  );
  await page.goto(`${portal.url}/callboard/apps/shop`);
  const reported = page.getByText(/out of memory|more memory/i).first();
  await fetch(new URL('/eat', on!.urls[0]), {
    signal: AbortSignal.timeout(2_000),
  }).catch(() => undefined);
  await inTheMiddle('memory', 3_000);
  await killPortal(); // who is to see it dies; it is seen by the next
  await page.reload();
  await expect
    .poll(
      async () => {
        const eat = new URL('/eat', on!.urls[0]); // it comes back, and eats again
        await fetch(eat, { signal: AbortSignal.timeout(2_000) }).catch(
          () => undefined,
        );
        return reported.isVisible();
      },
      { timeout: 90_000 },
    )
    .toBe(true);
  await expect(page.getByText(/128\s?Mi/).first()).toBeVisible();
  await expect(page.getByText(/peak/i).first()).toBeVisible();
  await takeScreenshots(page, 'real-out-of-memory');
  await expect
    .poll(() => stateOn('shop', 'real-2'), { timeout: 90_000 })
    .toBe('Healthy 2');
});

test('an image that may not be pulled says so', async () => {
  test.setTimeout(180_000);
  const closed = await Repository.create({
    'score.yaml': score(`${first.hub}:5000/private/trial:1`),
  });
  const pushed = await closed.push(portal.cloneUrl('closed'));
  await closed.remove();
  expect(pushed.text).toMatch(/credentials|permission|not allowed|sign in/i);
  expect((await lab('closed')).health.status).not.toBe('Healthy');
});

test('a site whose link is cut for two minutes repairs itself and tells it afterwards', async () => {
  test.setTimeout(420_000);
  const namespace = 'shop--lab';
  await expect
    .poll(() => stateOn('shop', 'real-2'), { timeout: 60_000 })
    .toBe('Healthy 2');
  await site.cutLink();
  const cutAt = Date.now();
  await expect
    .poll(() => stateOn('shop', 'real-2'), { timeout: 60_000 })
    .toMatch(/^Unknown/);
  expect((await cluster('real-2')).freshness).not.toBe('live');
  expect(await stateOn('shop', 'real-1')).toBe('Healthy 2');
  await site.kubectl('delete', 'deployment', '--all', '-n', namespace);
  await expect
    .poll(
      () =>
        site.kubectl('get', 'deployments', '-n', namespace, '--output', 'name'),
      { timeout: 90_000, message: 'the agent brings the deployment back' },
    )
    .toContain('deployment');
  await killAgent(); // what it knows survives it
  await killPortal();
  const rest = 120_000 - (Date.now() - cutAt);
  await new Promise(done => setTimeout(done, Math.max(0, rest))); // the cut is two minutes long: that is what is tried
  await site.mendLink();
  await inTheMiddle('mending', 3_000);
  await Promise.all([killPortal(), killAgentPod()]);
  await expect
    .poll(async () => (await cluster('real-2')).freshness, { timeout: 90_000 })
    .toBe('live');
  await expect
    .poll(() => stateOn('shop', 'real-2'), { timeout: 60_000 })
    .toBe('Healthy 2');
  const { body } = await portal.api<ItemList<JournalEntry>>(
    '/journal?cluster=real-2&limit=100',
  );
  const reported = body.items.map(({ message }) => message).reverse();
  // Around what was deleted: who is killed while the link mends may lose contact once more.
  const last = (pattern: RegExp, entries: string[]) =>
    entries.findLastIndex(message => pattern.test(message));
  const again = /is in contact with Callboard again/;
  const deleted = last(/Deployment shop--lab\/web was deleted/, reported);
  const before = reported.slice(0, deleted);
  const after = reported.slice(deleted);
  const restored = last(/restored Deployment shop--lab\/web/, after);
  expect(
    last(/lost contact with Callboard/, before),
    reported.join('\n'),
  ).toBeGreaterThan(last(again, before));
  expect(restored, reported.join('\n')).toBeGreaterThan(0);
  expect(last(again, after), reported.join('\n')).toBeGreaterThan(restored);
  await page.goto(`${portal.url}/callboard/clusters/real-2`);
  await takeScreenshots(page, 'real-site-after-a-cut');
});

test('a cluster that is removed cannot come back', async () => {
  test.setTimeout(120_000);
  const { status } = await portal.api('/clusters/real-2', { method: 'DELETE' });
  expect(status).toBeLessThan(300);
  await expect
    .poll(
      async () =>
        (
          await portal.api<ItemList<Cluster>>('/clusters')
        ).body.items.map(({ name }) => name),
      { timeout: 15_000 },
    )
    .not.toContain('real-2');
});

function dial(server: string): Promise<void> {
  const { hostname, port } = new URL(server);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      done();
    });
    socket.on('error', fail);
  });
}
