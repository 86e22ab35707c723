import { execFile } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import {
  type App,
  type Cluster,
  GENERATED_SECRET_NAME,
  readAllPages,
} from '@callboard/plugin-callboard-common';
import { SimFleet } from '@callboard/sim';
import WebSocket from 'ws';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { shopFiles } from '../../browser/support/shopFiles';
import { AccountRegistry } from '../canaries/AccountRegistry';
import { Canaries, type Leak } from '../canaries/Canaries';
import { printingApp } from '../canaries/printingApp';
import { eventually } from '@callboard/testing';
import { describePortal, writeConfig } from './describePortal';

/** Of every kind; 300 in all. `CALLBOARD_CANARIES=10` puts in ten times as many wrong ones. */
const TIMES = Number(process.env.CALLBOARD_CANARIES ?? 1);
const ECHOING = 24;
const GIT_TOKENS = 30;
const SERVICES = 10;
const REGISTRIES = 10;
const SECRETS = 62;
const SETTINGS = 7; // of each kind
const ENVIRONMENT = 30;
const WRONG = 18 * TIMES; // of each way to send one
const WAIT_MS = 120_000;

/** Files of the data folder that hold what is secret, for the portal's user alone. */
const KEPT = /^(app-config\.runtime\.json|git-token|sign-in-key|.*\.pem)$/;
/** Each is all that a played cluster is: its Secrets are in it, as in an etcd. */
const PLAYED = /^playground\/clusters\/[^/]+\.jsonl$/;

/**
 * Secrets are put in wherever Callboard takes any, and everything that comes
 * out is searched for them. No canaries are what people push: files, messages,
 * variables in score.yaml. They are kept in git for everybody who may read it.
 */
describePortal('a portal that was given 300 secrets', () => {
  const canaries = new Canaries();
  const leaks: Leak[] = [];
  const pusher = {
    username: 'pusher',
    password: canaries.make('password that pushes images'),
  };
  const puller = {
    username: 'puller',
    password: canaries.makeOdd('password that pulls images'),
  };
  let folder: string;
  let dataDir: string;
  let portal: Portal;
  let shop: Repository;
  let echo: Server;
  let registry: AccountRegistry;
  let fleet: SimFleet;
  let pushed = '';
  /** Secret settings by what they count in; those that an app reads are named `SETTING_…`. */
  const settings = {
    dev: list(SETTINGS, index => [
      `SETTING_DEV_${index}`,
      canaries[index % 2 ? 'make' : 'makeOdd'](`secret ${index} of dev`),
    ]),
    all: list(SETTINGS, index => [
      `SETTING_ALL_${index}`,
      index === 0
        ? `-----BEGIN KEY-----\n${canaries.make(
            'a line of a key',
          )}\n${canaries.make('another line of a key')}\n-----END KEY-----\n`
        : canaries.makeOdd(`secret ${index} of all environments`),
    ]),
    prod: list(SETTINGS, index => [
      `SETTING_ALL_${index}`,
      canaries.make(`secret ${index} of prod`),
    ]),
  };
  /** Secrets of the portal that settings of an app refer to. */
  const portalSecrets = {
    file: canaries.makeOdd('a file that an app refers to'),
    variable: canaries.make('a variable that an app refers to'),
  };
  const referring = { SETTING_FILE: 'file', SETTING_VARIABLE: 'variable' };
  const names = [
    ...[...settings.dev, ...settings.all].map(([name]) => name),
    ...Object.keys(referring),
  ];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-canaries-'));
    dataDir = join(folder, 'data');
    echo = createServer((request, response) =>
      answerWithIts(request, response),
    );
    await new Promise<void>(done => echo.listen(0, '127.0.0.1', done));
    registry = await AccountRegistry.listen();
    registry.admit([pusher, puller]);
    fleet = await SimFleet.listen();
    fleet.addCluster({
      name: 'vault',
      nodes: [{ name: 'a', cpu: '4', memory: '8Gi', pods: 50 }],
      token: canaries.make('token of vault'),
    });
    await fillVault();
    portal = await Portal.create({
      configs: [writeConfig(folder, configuration())],
      dataDir,
      env: {
        ...Object.fromEntries(
          list(ENVIRONMENT, index => [
            `CANARY_${index}`,
            canaries.makeOdd(`environment ${index}`),
          ]),
        ),
        PORTAL_SECRET: portalSecrets.variable,
      },
    });
    await portal.start();
    shop = await Repository.create({
      ...shopFiles('shop', 'open'),
      'server.js': `console.log(JSON.stringify(process.env));\n${
        shopFiles('shop', 'open')['server.js']
      }`,
    });
    ({ text: pushed } = await shop.push(
      portal.cloneUrl('shop', canaries.make('git token 0')),
    ));
    if (!/Healthy/.test(pushed)) throw new Error(pushed);
  }, 300_000);

  afterAll(async () => {
    await portal?.stop();
    await shop?.remove();
    await fleet?.close();
    echo?.close();
    registry?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('says none of them in what it answers', async () => {
    const signals = await openSignals();
    await eventually(
      'every cluster was tried',
      async () => {
        const { body } = await portal.api<{ items: Cluster[] }>('/clusters');
        const vault = body.items.find(({ name }) => name === 'vault');
        expect(vault?.freshness).toBe('live');
        const tried = body.items.filter(({ name }) => /^echo/.test(name));
        expect(
          tried.filter(({ sentence }) => !/never seen/.test(sentence)),
        ).toEqual([]);
      },
      WAIT_MS,
    );
    await setSettings();
    await releaseWithSettings();
    await useTokens();
    await sendWrongOnes();
    registry.admit([]);
    await registerCluster();
    await pushWithoutRegistry();
    for (const path of await readablePaths()) {
      const { text } = await ask(path);
      look(text, `GET ${path}`);
    }
    await askOtherPlugins();
    look(signals.text(), 'signals');
    signals.close();
    look(pushed, 'git push');
    look(await render(), 'callboard render');
    for (const [name, bytes] of backups()) look(bytes, `a backup of ${name}`);
    expect(leaks).toEqual([]);
  }, 300_000);

  it('keeps none of them in its log, databases and repositories', async () => {
    await portal.stop();
    // The last lines that it prints are how a person gets in.
    look(
      portal.output.replace(/^(Push an app|Sign in) .*$/gm, ''),
      'npm start',
    );
    const nameOf = (file: string) => file.slice(dataDir.length + 1);
    const files = filesBelow(dataDir);
    const played = files.filter(file => PLAYED.test(nameOf(file)));
    for (const file of played) {
      look(withoutSecrets(readFileSync(file, 'utf8')), nameOf(file));
      expect(statSync(file).mode % 0o1000).toBe(0o600);
    }
    for (const file of files)
      if (!played.includes(file) && !KEPT.test(nameOf(file)))
        look(readFileSync(file), nameOf(file));
    expect(canaries.size).toBeGreaterThanOrEqual(300);
    expect(leaks).toEqual([]);
  }, 120_000);

  function look(content: string | Buffer, where: string): void {
    leaks.push(...canaries.findIn(content, where));
  }

  function configuration(): object {
    const { port } = echo.address() as AddressInfo;
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(port)), {
      mode: 0o600,
    });
    const reached = { allowPlainHttp: true };
    const secretFile = join(folder, 'portal-secret');
    writeFileSync(secretFile, portalSecrets.file, { mode: 0o600 });
    return {
      backend: {
        auth: {
          externalAccess: list(SERVICES, index => ({
            type: 'static',
            options: {
              token: canaries.make(`service token ${index}`),
              subject: `program-${index}`,
            },
          })),
        },
      },
      callboard: {
        secrets: {
          references: {
            file: { file: secretFile, apps: ['shop'] },
            variable: { variable: 'PORTAL_SECRET', apps: ['*'] },
          },
        },
        git: {
          tokens: list(GIT_TOKENS, index => ({
            username: index === 0 ? 'dev' : `dev-${index}`,
            token: canaries.make(`git token ${index}`),
            user: 'user:development/guest',
          })),
        },
        builder: {
          type: 'bundle',
          registry: `${registry.host}/apps`,
          insecure: true,
          ...pusher,
          pull: puller,
          packageRegistries: list(REGISTRIES, index => ({
            url: `https://npm-${index}.example.com`,
            token: canaries.make(`package token ${index}`),
          })),
        },
        clusters: [
          {
            name: 'vault',
            url: fleet.urlOf('vault'),
            token: canaries.make('token of vault'),
            ...reached,
          },
          ...list(ECHOING, index => ({
            name: `echo-${index}`,
            ...reached,
            ...(index % 2 === 0
              ? {
                  url: `http://127.0.0.1:${port}/${index}`,
                  token: canaries.make(`token of echo ${index}`),
                }
              : { kubeconfig: { file: kubeconfig, context: `echo-${index}` } }),
          })),
          ...writeOddAccess(folder, port, canaries).map((access, index) => ({
            name: `odd-${index}`,
            ...reached,
            ...access,
          })),
        ],
      },
    };
  }

  function kubeconfigOf(port: number): object {
    const each = list(ECHOING, index => index);
    return {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: each.map(index => ({
        name: `echo-${index}`,
        cluster: { server: `http://127.0.0.1:${port}/${index}` },
      })),
      users: each.map(index => ({
        name: `echo-${index}`,
        user:
          index % 4 === 1
            ? { token: canaries.make(`kubeconfig token ${index}`) }
            : {
                username: 'admin',
                password: canaries.makeOdd(`kubeconfig password ${index}`),
              },
      })),
      contexts: each.map(index => ({
        name: `echo-${index}`,
        context: { cluster: `echo-${index}`, user: `echo-${index}` },
      })),
    };
  }

  /** Secrets of others in a cluster, one of them where the app's objects are. */
  async function fillVault(): Promise<void> {
    for (let index = 0; index < SECRETS; index += 1) {
      const namespace = index % 2 ? 'default' : 'kube-system';
      const answer = await fetch(
        `${fleet.urlOf('vault')}/api/v1/namespaces/${namespace}/secrets`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${canaries.make('token of vault')}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: {
              name: `secret-${index}`,
              labels: { 'app.kubernetes.io/managed-by': 'callboard' },
            },
            data: {
              password: Buffer.from(
                canaries.makeOdd(`Secret ${index}`),
              ).toString('base64'),
            },
          }),
        },
      );
      if (!answer.ok) throw new Error(await answer.text());
    }
  }

  /** Secrets in one environment, in all, over those of all, and of the portal; then what is refused, taken back and removed. */
  async function setSettings(): Promise<void> {
    const of = (where: string) =>
      where === 'all' ? '/apps/shop' : `/apps/shop/environments/${where}`;
    const send = async (
      path: string,
      method: string,
      body: object,
      expected: RegExp,
    ) => {
      const answer = await portal.api<unknown>(path, { method, body });
      look(JSON.stringify(answer.body), `${method} ${path}`);
      expect(String(answer.status)).toMatch(expected);
    };
    for (const [where, secrets] of Object.entries(settings))
      for (const [name, value] of secrets)
        await send(
          `${of(where)}/settings/${name}`,
          'PUT',
          { value, secret: true, why: 'The bank gave it' },
          /200/,
        );
    for (const [name, portalSecret] of Object.entries(referring))
      await send(
        `${of('dev')}/settings/${name}`,
        'PUT',
        { reference: { portalSecret } },
        /200/,
      );
    const [name] = names;
    const wrong = (what: string) => canaries.make(`${what} as a setting`);
    for (const [path, body] of [
      [`${of('dev')}/settings/lower-case`, { value: wrong('a wrong name') }],
      [`${of('dev')}/settings/${name}`, { value: [wrong('a list')] }],
      [`${of('dev')}/settings/${name}`, { secret: wrong('no value') }],
      [`${of('none')}/settings/${name}`, { value: wrong('no environment') }],
      [
        `${of('dev')}/settings/${name}`,
        { value: wrong('too much').repeat(2_000), secret: true },
      ],
    ] as const)
      await send(path, 'PUT', { secret: true, ...body }, /4\d\d/);
    const extra = `${of('dev')}/settings/EXTRA`;
    for (const index of [0, 1])
      await send(
        extra,
        'PUT',
        { value: canaries.make(`former secret ${index}`), secret: true },
        /200/,
      );
    const { body } = await portal.api<{ items: Setting[] }>(
      `${of('dev')}/settings`,
    );
    const version = body.items.find(each => each.name === 'EXTRA')?.version;
    await send(`${extra}/restoration`, 'POST', { version }, /200/);
    await send(extra, 'DELETE', {}, /200/);
  }

  /** A release prints its secrets, and the next one ends with one in its last words. */
  async function releaseWithSettings(): Promise<void> {
    const push = async (message: string, files: Record<string, string>) => {
      await shop.commit(message, files);
      const { text } = await shop.push(
        portal.cloneUrl('shop', canaries.make('git token 0')),
      );
      look(text, `git push "${message}"`);
      return text;
    };
    expect(await push('Print', printingApp(names))).toMatch(/Healthy/);
    const { body: app } = await portal.api<App>('/apps/shop');
    const [place] = app.environments[0].clusters;
    const logs = `/apps/shop/environments/dev/logs?cluster=${place.cluster}`;
    await eventually(
      'the app has printed all that it was given',
      async () => {
        const { text } = await ask(logs);
        look(text, `GET ${logs}`);
        for (const name of names) expect(text).toContain(`${name} •••`);
        expect(text).toMatch(/Basic [^ ]*•••/);
      },
      WAIT_MS,
    );
    keepPasswords(place.cluster);
    await push('End', printingApp(names, { ends: true }));
    await eventually(
      'what it printed last is told as a finding',
      async () => {
        const { text } = await ask('/apps/shop');
        look(text, 'GET /apps/shop');
        const [{ findings }] = (JSON.parse(text) as App).environments;
        expect(findings.flatMap(each => each.logTail).join('\n')).toMatch(
          /•••/,
        );
      },
      WAIT_MS,
    );
  }

  /** What was drawn for the app's database: the portal puts it into a Secret and keeps it nowhere. */
  function keepPasswords(cluster: string): void {
    const [file] = filesBelow(dataDir).filter(each =>
      each.endsWith(`playground/clusters/${cluster}.jsonl`),
    );
    const drawn = readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line.includes(GENERATED_SECRET_NAME))
      .flatMap(line => {
        const { object } = JSON.parse(line) as {
          object?: { kind?: string; data?: Record<string, string> };
        };
        return object?.kind === 'Secret'
          ? Object.entries(object.data ?? {})
          : [];
      });
    expect(drawn).not.toEqual([]);
    for (const [key, value] of drawn)
      canaries.keep(
        `${key} of shop on ${cluster}`,
        Buffer.from(value, 'base64').toString('utf8'),
      );
  }

  /** Tokens of a person, of a command line and of the machines of an app; each is shown once, and then used. */
  async function useTokens(): Promise<void> {
    const issue = async (name: string, body: object) => {
      const { status, body: issued } = await portal.api<{
        id: string;
        token: string;
      }>('/tokens', { method: 'POST', body: { name, ...body } });
      expect([name, status]).toEqual([name, 201]);
      return { ...issued, token: canaries.keep(name, issued.token) };
    };
    const ofPerson = await issue('laptop', { scope: 'git' });
    const ofMachine = await issue('pipeline', { app: 'shop' });
    const ofCommands = await issue('commands', { scope: 'api' });
    for (const { token } of [ofPerson, ofMachine]) {
      await shop.commit('Nothing else', { 'note.txt': String(Math.random()) });
      const { ok, text } = await shop.push(portal.cloneUrl('shop', token));
      look(text, 'git push with an issued token');
      expect([ok, text]).toEqual([true, expect.any(String)]);
    }
    const asked = await fetch(`${portal.url}/api/callboard/v1/apps`, {
      headers: { authorization: `Bearer ${ofCommands.token}` },
    });
    expect(asked.status).toBe(200);
    look(await asked.text(), 'GET /apps of a command line');
    await portal.api(`/tokens/${ofPerson.id}`, { method: 'DELETE' });
    const refused = await shop.push(portal.cloneUrl('shop', ofPerson.token));
    look(refused.text, 'git push with a revoked token');
    expect(refused.ok).toBe(false);
  }

  /** What the command line makes of what was pushed, with the portal's environment around it. */
  async function render(): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [
        resolve(__dirname, '../../../packages/cli/bin/callboard'),
        'render',
        '-f',
        'score.yaml',
        '--environment',
        'dev',
        '--image',
        'web=registry.example/shop:1',
      ],
      {
        cwd: shop.folder,
        env: {
          ...process.env,
          ...Object.fromEntries([...settings.all, ...settings.dev]),
          SETTING_FILE: portalSecrets.file,
          SETTING_VARIABLE: portalSecrets.variable,
        },
      },
    );
    expect(stdout).toContain('secretKeyRef');
    return stdout + stderr;
  }

  /** Copies of the databases as a person makes them while the portal runs. */
  function backups(): Array<[name: string, bytes: Buffer]> {
    const files = filesBelow(dataDir).filter(file => /\.sqlite$/.test(file));
    expect(files.length).toBeGreaterThan(0);
    return files.map((file, index) => {
      const copy = join(folder, `backup-${index}`);
      const database = new DatabaseSync(file, { readOnly: true });
      database.exec(`vacuum into '${copy}'`);
      database.close();
      return [file.slice(dataDir.length + 1), readFileSync(copy)];
    });
  }

  /** What somebody sends by mistake, or tries: it may be the right one elsewhere. */
  async function sendWrongOnes(): Promise<void> {
    const base = `${portal.url}/api/callboard`;
    for (let index = 0; index < WRONG; index += 1) {
      const wrong = (way: string) => canaries.make(`${way} ${index}`);
      const basic = Buffer.from(`dev:${wrong('wrong git token')}`);
      const sent: Array<[string, RequestInit]> = [
        [
          `${base}/v1/apps`,
          { headers: { authorization: `Bearer ${wrong('wrong bearer')}` } },
        ],
        [
          `${base}/git/shop.git/info/refs?service=git-receive-pack`,
          { headers: { authorization: `Basic ${basic.toString('base64')}` } },
        ],
        [
          `${portal.url}/api/auth/guest/refresh`,
          { headers: { 'x-callboard-key': wrong('wrong key') } },
        ],
        [`${base}/v1/fleet?token=${wrong('token in an address')}`, {}],
        [`${base}/agents/echo-1/install.yaml?token=${wrong('join token')}`, {}],
        [
          `${base}/v1/apps`,
          { headers: { cookie: `backstage-auth=${wrong('cookie')}` } },
        ],
        [
          `${portal.url}/api/catalog/entities`,
          {
            headers: {
              authorization: `Bearer ${wrong('wrong catalog bearer')}`,
            },
          },
        ],
      ];
      for (const [url, init] of sent) {
        const answer = await fetch(url, init);
        look(await answer.text(), `answer to ${new URL(url).pathname}`);
        look(JSON.stringify([...answer.headers]), `headers of ${url}`);
      }
    }
    const mistyped = await shop.push(
      portal.cloneUrl('shop', canaries.make('mistyped token')),
    );
    expect(mistyped.ok).toBe(false);
    // git itself prints the address that it was given, without the password.
    look(mistyped.text, 'a refused git push');
  }

  /** Its agent's image goes to the registry, which quotes the account that it refuses. */
  async function registerCluster(): Promise<void> {
    const answer = await fetch(`${portal.url}/api/callboard/v1/clusters`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await session()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'registered' }),
    });
    const refused = await answer.text();
    expect(refused).toMatch(/registry-sign-in-failed/);
    look(refused, 'a registration');
  }

  /** The registry quotes the accounts that it refuses. */
  async function pushWithoutRegistry(): Promise<void> {
    await shop.commit('Second version', {
      'server.js': shopFiles('shop', 'shut')['server.js'],
    });
    const { text } = await shop.push(
      portal.cloneUrl('shop', canaries.make('git token 0')),
    );
    expect(text).toMatch(/registry/);
    look(text, 'git push without the registry');
  }

  /** What Backstage and its other plugins tell of everything. */
  async function askOtherPlugins(): Promise<void> {
    for (const path of [
      'catalog/entities',
      'catalog/locations',
      'search/query?term=shop',
      'scaffolder/v2/tasks',
    ]) {
      const answer = await fetch(`${portal.url}/api/${path}`, {
        headers: { authorization: `Bearer ${await session()}` },
      });
      look(await answer.text(), `GET /api/${path}`);
    }
    const page = await fetch(portal.url);
    look(await page.text(), 'the first page');
  }

  /** Every path that can be read, of everything that there is. */
  async function readablePaths(): Promise<string[]> {
    const { text } = await ask('/openapi.json');
    const { paths } = JSON.parse(text) as { paths: Record<string, object> };
    const apps = await all<App>('/apps');
    const clusters = await all<Cluster>('/clusters');
    const values: Record<string, string[]> = {
      app: apps.map(({ name }) => name),
      cluster: clusters.map(({ name }) => name),
      environment: ['dev', 'prod', 'none'],
      release: ['1', '2', '9'],
      setting: names,
    };
    const readable = Object.entries(paths)
      .filter(([, operations]) => 'get' in operations)
      .map(([path]) => path);
    return readable.flatMap(path => fillIn(path, values));
  }

  async function ask(path: string): Promise<{ text: string }> {
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      headers: { authorization: `Bearer ${await session()}` },
    });
    return { text: await answer.text() };
  }

  let token: Promise<string> | undefined;
  function session(): Promise<string> {
    token ??= portal.signIn();
    return token;
  }

  function all<T>(path: string): Promise<T[]> {
    return readAllPages<T>(async cursor => {
      const { text } = await ask(
        `${path}?limit=100${cursor ? `&cursor=${cursor}` : ''}`,
      );
      return JSON.parse(text);
    });
  }

  async function openSignals() {
    const heard: string[] = [];
    const socket = new WebSocket(
      `${portal.url.replace('http', 'ws')}/api/signals`,
      [await session()],
    );
    socket.on('message', data => heard.push(String(data)));
    socket.on('error', () => {});
    return { text: () => heard.join('\n'), close: () => socket.terminate() };
  }
});

interface Setting {
  name: string;
  version: number;
}

/** Ways to write access to a cluster that are wrong, each with a secret in it. */
function writeOddAccess(
  folder: string,
  port: number,
  canaries: Canaries,
): object[] {
  const server = `http://127.0.0.1:${port}/0`;
  const inKubeconfig = (name: string, text: string) => {
    const file = join(folder, `${name}.kubeconfig`);
    writeFileSync(file, text, { mode: 0o600 });
    return { kubeconfig: { file } };
  };
  const ofUser = (name: string, user: object) =>
    inKubeconfig(
      name,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'odd',
        clusters: [{ name: 'odd', cluster: { server } }],
        users: [{ name: 'odd', user }],
        contexts: [{ name: 'odd', context: { cluster: 'odd', user: 'odd' } }],
      }),
    );
  const make = (name: string) => canaries.make(`kubeconfig with ${name}`);
  return [
    { url: `http://admin:${make('userinfo')}@127.0.0.1:${port}/` },
    { url: `http://${make('no address')} /` },
    { url: `https://127.0.0.1:${port}`, caData: make('no certificate') },
    inKubeconfig('broken', `users: [{ user: { token: ${make('no end')}`),
    inKubeconfig('text', make('nothing else')),
    ofUser('exec', {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'sign-in',
        args: [make('an argument')],
        env: [{ name: 'TOKEN', value: make('a variable') }],
      },
    }),
    ofUser('provider', {
      'auth-provider': {
        name: 'oidc',
        config: { 'refresh-token': make('a provider') },
      },
    }),
    ofUser('numbers', { token: { value: make('a token that is no text') } }),
    ofUser('line', { token: `${make('two lines')}\r\nx: ${make('line two')}` }),
    ofUser('key', {
      'client-certificate-data': Buffer.from(make('a certificate')).toString(
        'base64',
      ),
      'client-key-data': Buffer.from(make('a key')).toString('base64'),
    }),
    ofUser('no base64', { 'client-key-data': `!${make('a key as text')}` }),
    inKubeconfig(
      'userinfo',
      JSON.stringify({
        'current-context': 'odd',
        clusters: [
          {
            name: 'odd',
            cluster: { server: `http://u:${make('a server')}@127.0.0.1/` },
          },
        ],
        contexts: [{ name: 'odd', context: { cluster: 'odd', user: 'odd' } }],
        users: [{ name: 'odd', user: {} }],
      }),
    ),
  ];
}

/** An API server that quotes the credentials it was sent, in what a person would read. */
function answerWithIts(
  { url = '', headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const index = Number(/^\/(\d+)/.exec(url)?.[1] ?? 0);
  const sent = headers.authorization?.replace(/^\w+ /, '') ?? '';
  const code = [401, 403, 500, 422][Math.floor(index / 2) % 4];
  const plain = Buffer.from(sent, 'base64').toString('utf8');
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: `token ${sent} is none (${plain}), ${encodeURIComponent(sent)}`,
      reason: 'Forbidden',
      code,
    }),
  );
}

function list<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}

function fillIn(path: string, values: Record<string, string[]>): string[] {
  const name = /\{(\w+)\}/.exec(path)?.[1];
  if (name === undefined) return [path];
  return (values[name] ?? ['none']).flatMap(value =>
    fillIn(path.replace(`{${name}}`, value), values),
  );
}

/** The lines of a played cluster without what its Secrets hold. */
function withoutSecrets(lines: string): string {
  return lines
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const { object, ...rest } = JSON.parse(line) as {
        object?: { kind?: string; data?: unknown };
      };
      const { data, ...shown } = object ?? {};
      return JSON.stringify({
        ...rest,
        object: object?.kind === 'Secret' ? shown : object,
      });
    })
    .join('\n');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
