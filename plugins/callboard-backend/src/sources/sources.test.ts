import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type {
  AppSourceAnswer,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import {
  type SourceHost,
  sourceHostsExtensionPoint,
} from '@callboard/plugin-callboard-node';
import { GitServer, eventually } from '@callboard/testing';
import { TestPortal } from '../__testUtils__/TestPortal';

const CATALOG = join(__dirname, '../../../../catalog');
const OWNER = 'user:default/ana';
const ANA = mockCredentials.user.header(OWNER);
const SECRET = 'secret of the webhooks';
const SCORE = `apiVersion: score.dev/v1b1
metadata:
  name: web
containers:
  web:
    image: nginx:1.29
`;
const appFile = (name: string, owner: string) =>
  `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: ${name} }
spec: { owner: "${owner}" }
`;

jest.setTimeout(60_000);

describe('apps that follow a repository elsewhere', () => {
  let portal: TestPortal;
  let host: GitServer;

  beforeAll(async () => {
    host = await GitServer.start();
    const { user, password } = host;
    const gitHost: SourceHost = {
      title: 'The host',
      owns: url => url.startsWith(`http://${host.host}/`),
      authorize: async () =>
        `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    };
    portal = await TestPortal.start({
      factory: { migrate: migrateStore, create: createControlPlane },
      config: {
        platform: [CATALOG],
        git: { followSeconds: 1 },
        sources: { pollSeconds: 3600, webhookSecret: SECRET },
      },
      features: [
        createBackendModule({
          pluginId: 'callboard',
          moduleId: 'host',
          register(env) {
            env.registerInit({
              deps: { hosts: sourceHostsExtensionPoint },
              async init({ hosts }) {
                hosts.addSourceHost(gitHost);
              },
            });
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await portal.stop();
    await host.stop();
  });

  async function ask(
    method: string,
    path: string,
    { body }: { body?: unknown } = {},
  ) {
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      method,
      headers: {
        authorization: ANA,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? '' : JSON.parse(text) };
  }
  const connect = (app: string, body: object) =>
    ask('PUT', `/apps/${app}/source`, {
      body: { owner: OWNER, ...body },
    });
  const sourceOf = async (app: string): Promise<AppSourceAnswer['source']> =>
    (await ask('GET', `/apps/${app}/source`)).body.source;
  const releasesOf = async (app: string): Promise<ReleaseDetails[]> =>
    (await ask('GET', `/apps/${app}/releases`)).body.items;
  const numbersOf = async (app: string) =>
    (await releasesOf(app)).map(
      ({ number, message }) => `${number} ${message}`,
    );
  const callHook = (repository: string, secret = SECRET) => {
    const body = JSON.stringify({
      repository: { clone_url: `${host.urlOf(repository)}.git` },
    });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return fetch(`${portal.url}/api/callboard/hooks/source`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
      body,
    });
  };

  it('are created from it, and get what is pushed there once its host tells', async () => {
    host.create('acme/shop');
    const first = host.commit(
      'acme/shop',
      { 'score.yaml': SCORE },
      { message: 'Open the shop' },
    );
    const connected = await connect('shop', {
      url: `${host.urlOf('acme/shop')}/`,
    });
    expect(connected).toMatchObject({
      status: 200,
      body: {
        source: {
          url: host.urlOf('acme/shop'),
          branch: 'main',
          connectedBy: OWNER,
          commit: first,
          revision: first,
        },
        hosts: ['The host'],
      },
    });
    await eventually(async () =>
      expect(await numbersOf('shop')).toEqual(['1 Open the shop']),
    );
    expect((await releasesOf('shop'))[0].author).toBe('Ana <ana@example.com>');

    host.commit('acme/shop', { 'a.txt': '1' }, { message: 'Sell more' });
    expect((await callHook('acme/shop')).status).toBe(202);
    await eventually(async () =>
      expect(await numbersOf('shop')).toEqual([
        '2 Sell more',
        '1 Open the shop',
      ]),
    );
    const { items } = (await ask('GET', '/journal?app=shop')).body;
    expect(
      items.map(({ action, actor }: Record<string, string>) => [action, actor]),
    ).toEqual(
      expect.arrayContaining([
        ['app.connected', OWNER],
        ['revision.pushed', 'system:source'],
      ]),
    );
  });

  it('change nothing for a webhook that comes again, or is not signed', async () => {
    const before = await numbersOf('shop');
    host.requests.length = 0;
    expect(
      (await callHook('acme/shop', 'another secret of webhooks')).status,
    ).toBe(403);
    expect(host.requests).toEqual([]);
    expect((await callHook('acme/shop')).status).toBe(202);
    await eventually(() => expect(host.requests.length).toBeGreaterThan(0));
    await ask('POST', '/apps/shop/source/refresh');
    expect(await numbersOf('shop')).toEqual(before);
  });

  it('are not pushed to, nor released from elsewhere, until they are disconnected', async () => {
    const { source } = (await ask('GET', '/apps/shop/source')).body;
    const release = {
      files: { 'score.yaml': SCORE },
      images: { web: `registry.example/shop@sha256:${'a'.repeat(64)}` },
      revision: { commit: '1a2b3c4d5e6f' },
    };
    expect(
      await ask('POST', '/apps/shop/releases', { body: release }),
    ).toMatchObject({
      status: 409,
      body: {
        code: 'source-followed',
        why: expect.stringContaining(source.url),
      },
    });
    expect((await ask('DELETE', '/apps/shop/source')).status).toBe(204);
    expect(await sourceOf('shop')).toBeUndefined();
    expect(
      (await ask('POST', '/apps/shop/releases', { body: release })).status,
    ).toBe(201);
    expect(
      await connect('shop', { url: host.urlOf('acme/shop') }),
    ).toMatchObject({ status: 200 });
  });

  it('keep running what they have while a commit is refused, and say why', async () => {
    host.create('acme/faulty');
    const good = host.commit(
      'acme/faulty',
      { 'score.yaml': SCORE },
      { message: 'Good' },
    );
    await connect('faulty', { url: host.urlOf('acme/faulty') });
    const bad = host.commit(
      'acme/faulty',
      { 'score.yaml': SCORE.replace('image:', 'imago:') },
      { message: 'Bad' },
    );
    await callHook('acme/faulty');
    await eventually(async () =>
      expect(await sourceOf('faulty')).toMatchObject({
        commit: bad,
        revision: good,
        problem: {
          code: 'score-invalid',
          why: expect.stringContaining('image'),
        },
      }),
    );
    expect(await numbersOf('faulty')).toEqual(['1 Good']);
    host.commit('acme/faulty', { 'score.yaml': SCORE }, { message: 'Mended' });
    await callHook('acme/faulty');
    await eventually(async () =>
      expect(await numbersOf('faulty')).toEqual(['2 Mended', '1 Good']),
    );
    await eventually(async () =>
      expect((await sourceOf('faulty'))?.problem).toBeUndefined(),
    );
  });

  it('live in a folder, and are released when something in it changed', async () => {
    host.create('acme/mono');
    host.commit('acme/mono', {
      'services/pay/score.yaml': SCORE,
      'services/other/README.md': 'Other',
    });
    expect(
      await connect('pay', {
        url: host.urlOf('acme/mono'),
        path: '/services/pay/',
      }),
    ).toMatchObject({ body: { source: { path: 'services/pay' } } });
    const other = host.commit(
      'acme/mono',
      { 'services/other/README.md': 'More' },
      { message: 'Other' },
    );
    await callHook('acme/mono');
    await eventually(async () =>
      expect((await sourceOf('pay'))?.commit).toBe(other),
    );
    host.commit('acme/mono', { 'services/pay/a.txt': '1' }, { message: 'Pay' });
    await callHook('acme/mono');
    await eventually(async () =>
      expect(await numbersOf('pay')).toEqual(['2 Pay', '1 Change']),
    );
  });

  it('take the code of a private repository only where it says whose it is', async () => {
    host.create('acme/secret', { isPrivate: true });
    host.commit('acme/secret', { 'score.yaml': SCORE });
    const url = host.urlOf('acme/secret');
    expect(await connect('stolen', { url })).toMatchObject({
      status: 403,
      body: { code: 'source-not-yours', next: expect.stringContaining(OWNER) },
    });
    expect((await ask('GET', '/apps/stolen')).status).toBe(404);
    host.commit('acme/secret', {
      'app.yaml': appFile('secret', 'user:default/bo'),
    });
    expect(await connect('secret', { url })).toMatchObject({ status: 403 });
    host.commit('acme/secret', { 'app.yaml': appFile('secret', OWNER) });
    expect(await connect('secret', { url })).toMatchObject({ status: 200 });
    expect(
      JSON.stringify(await ask('GET', '/apps/secret/source')),
    ).not.toContain(host.password);
  });

  it.each<[string, object, string]>([
    [
      'a host that nobody configured',
      { url: 'https://evil.example/acme/shop' },
      'source-host-unknown',
    ],
    [
      'an option of git',
      { url: '--upload-pack=touch /tmp/x' },
      'source-address-invalid',
    ],
    ['a file of the portal', { url: 'file:///etc' }, 'source-address-invalid'],
    [
      'a password',
      { url: 'https://a:b@github.com/acme/shop' },
      'source-address-invalid',
    ],
    ['SSH', { url: 'git@github.com:acme/shop.git' }, 'source-address-invalid'],
    [
      'a branch that is an option',
      { branch: '--all' },
      'source-address-invalid',
    ],
    ['a branch with a pattern', { branch: 'ma*n' }, 'source-address-invalid'],
    ['a folder outside', { path: '../x' }, 'source-address-invalid'],
    [
      'a folder that is an expression',
      { path: 'a^{tree}' },
      'source-address-invalid',
    ],
    [
      'a branch that is not there',
      { branch: 'nowhere' },
      'source-branch-missing',
    ],
    [
      'a folder that is not there',
      { path: 'nowhere' },
      'source-folder-missing',
    ],
  ])('are refused %s', async (_, asked, code) => {
    const answer = await connect('refused', {
      url: host.urlOf('acme/shop'),
      ...asked,
    });
    expect(answer.body.code).toBe(code);
    expect((await ask('GET', '/apps/refused')).status).toBe(404);
  });

  it('leave the portal with their history, or stay', async () => {
    const created = await ask('POST', '/apps', {
      body: {
        name: 'moved',
        owner: OWNER,
        message: 'Made here',
        files: { 'score.yaml': SCORE },
      },
    });
    expect(created.status).toBe(201);
    host.create('acme/leaving');
    host.commit('acme/leaving', {
      'README.md': 'Made there',
      'score.yaml': SCORE,
    });
    const url = host.urlOf('acme/leaving');
    expect(await connect('moved', { url })).toMatchObject({
      status: 409,
      body: {
        code: 'source-history-missing',
        next: expect.stringContaining(`git push ${url} --all`),
      },
    });
    expect(await sourceOf('moved')).toBeUndefined();
    expect(await numbersOf('moved')).toEqual(['1 Made here']);
  });

  it('are not led elsewhere by a host, and wait for one that is away', async () => {
    host.create('acme/moving');
    host.commit('acme/moving', { 'score.yaml': SCORE }, { message: 'First' });
    await connect('moving', { url: host.urlOf('acme/moving') });
    host.answer = (_, res) =>
      res.writeHead(302, { location: host.urlOf('acme/shop/info/refs') }).end();
    await ask('POST', '/apps/moving/source/refresh');
    expect(await sourceOf('moving')).toMatchObject({
      problem: { code: 'source-moved' },
    });
    host.answer = (_, res) => res.writeHead(503).end();
    await ask('POST', '/apps/moving/source/refresh');
    expect(await sourceOf('moving')).toMatchObject({
      problem: { code: 'source-unreachable' },
    });
    host.answer = undefined;
    host.commit('acme/moving', { 'a.txt': '1' }, { message: 'Second' });
    await ask('POST', '/apps/moving/source/refresh');
    await eventually(async () =>
      expect(await numbersOf('moving')).toEqual(['2 Second', '1 First']),
    );
    expect((await sourceOf('moving'))?.problem).toBeUndefined();
  });
});
