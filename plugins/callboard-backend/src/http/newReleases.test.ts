import { mockCredentials } from '@backstage/backend-test-utils';
import type { ReleaseDetails } from '@callboard/plugin-callboard-common';
import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import { join } from 'node:path';
import { TestPortal } from '../__testUtils__/TestPortal';

const CATALOG = join(__dirname, '../../../../catalog');
const SCORE = `apiVersion: score.dev/v1b1
metadata:
  name: web
containers:
  web:
    image: .
`;
const IMAGE = `registry.example/shop@sha256:${'a'.repeat(64)}`;
const OWNER = 'user:default/ana';
const ANA = mockCredentials.user.header(OWNER);
const BO = mockCredentials.user.header('user:default/bo');
const RUN = 'https://ci.example/acme/shop/runs/7';
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'shop', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { runDetails: { builder: { id: 'https://ci.example/runner' } } },
};

const release = {
  files: { 'score.yaml': SCORE },
  images: { web: IMAGE },
  revision: { commit: '1a2b3c4d5e6f', message: 'Fix rounding' },
};

jest.setTimeout(60_000);

/** The control plane itself, without clusters: a release is made, and placed later. */
describe('releases of images that were built elsewhere', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await TestPortal.start({
      factory: { migrate: migrateStore, create: createControlPlane },
      config: { platform: [CATALOG] },
    });
  });

  afterAll(() => portal.stop());

  async function ask(
    path: string,
    {
      body,
      as = ANA,
      headers = {},
    }: { body?: unknown; as?: string; headers?: Record<string, string> } = {},
  ) {
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: as,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }
  const create = (
    app: string,
    body: object,
    { key, as }: { key?: string; as?: string } = {},
  ) =>
    ask(`/apps/${app}/releases`, {
      body,
      ...(as !== undefined && { as }),
      ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
    });
  const releasesOf = async (app: string): Promise<ReleaseDetails[]> =>
    (await ask(`/apps/${app}/releases`)).body.items;

  it('create an app for who says whose it is, and are numbered', async () => {
    expect(await create('shop', { ...release, owner: OWNER })).toEqual({
      status: 201,
      body: {
        number: 1,
        warnings: [expect.stringContaining('belongs to you alone')],
      },
    });
    expect(await create('shop', release)).toEqual({
      status: 201,
      body: { number: 2 },
    });
    expect((await ask('/apps/shop')).body.owner).toBe(OWNER);
  });

  it('run the images that were given, and say where they were built', async () => {
    const { body } = await create('origin', {
      ...release,
      owner: OWNER,
      revision: {
        ...release.revision,
        branch: 'main',
        author: 'Ana <ana@example.com>',
        url: 'https://git.example/acme/shop/commit/1a2b3c4d5e6f',
        run: RUN,
        builtBy: 'GitHub\nActions',
      },
      provenance: STATEMENT,
    });
    const [made] = await releasesOf('origin');
    expect(made).toMatchObject({
      number: body.number,
      message: 'Fix rounding',
      author: 'Ana <ana@example.com>',
      workloads: [{ name: 'web', images: { web: IMAGE } }],
      origin: {
        commit: '1a2b3c4d5e6f',
        branch: 'main',
        url: 'https://git.example/acme/shop/commit/1a2b3c4d5e6f',
        run: RUN,
        builtBy: 'GitHub Actions',
        provenance: { builder: 'https://ci.example/runner', images: [IMAGE] },
      },
    });
    expect((await ask('/apps/origin/releases/1/provenance')).body).toEqual(
      STATEMENT,
    );
    const { items } = (await ask('/journal?app=origin')).body;
    expect(
      items.find(
        (each: { action: string }) => each.action === 'revision.pushed',
      ),
    ).toMatchObject({
      actor: OWNER,
      message:
        '"Fix rounding" was released from GitHub Actions, at 1a2b3c4 of main',
      why: `its images were built in ${RUN}`,
    });
  });

  it('change nothing when they are sent again with their key', async () => {
    const first = { ...release, owner: OWNER };
    expect((await create('again', first, { key: 'run-7' })).body.number).toBe(
      1,
    );
    const reordered = Object.fromEntries(Object.entries(first).reverse());
    expect((await create('again', reordered, { key: 'run-7' })).body).toEqual({
      number: 1,
    });
    expect(
      await create(
        'again',
        { ...first, revision: { commit: 'ffffffff' } },
        { key: 'run-7' },
      ),
    ).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    expect((await create('again', first, { key: 'run-8' })).body.number).toBe(
      2,
    );
    expect(await releasesOf('again')).toHaveLength(2);
  });

  it('are made once though the same request comes twice at once', async () => {
    const body = { ...release, owner: OWNER };
    const answers = await Promise.all(
      [1, 2, 3].map(() => create('at-once', body, { key: 'k' })),
    );
    expect(answers.map(each => each.body.number)).toEqual([1, 1, 1]);
    expect(await releasesOf('at-once')).toHaveLength(1);
  });

  it.each<[string, object, string[]]>([
    [
      'a tag',
      { ...release, images: { web: 'registry.example/shop:1.2' } },
      ['image-not-pinned', 'container "web"', 'registry/repository@sha256:'],
    ],
    [
      'an unknown container, with the nearest name',
      { ...release, images: { wbe: IMAGE, web: IMAGE } },
      ['container-unknown', '"wbe"', 'Write \\"web\\"'],
    ],
    [
      'a container without an image',
      { ...release, images: {} },
      ['image-not-given', 'container \\"web\\"', '"line":6'],
    ],
    [
      'no score file, in the words of a push',
      { ...release, files: { 'README.md': 'Later' } },
      ['score-missing', 'it holds no score.yaml'],
    ],
    [
      'every fault of its files',
      {
        ...release,
        files: {
          'score.yaml': SCORE.replace('    image: .', '    imago: .\n    a: 1'),
        },
      },
      ['"faults":[', 'did you mean `image`?', '"line":7'],
    ],
    [
      'a file outside',
      { ...release, files: { ...release.files, '../x': '' } },
      ['"code":"'],
    ],
    [
      'provenance that is none',
      { ...release, provenance: { builder: 'me' } },
      ['provenance-unreadable'],
    ],
  ])('are refused for %s', async (_, body, expected) => {
    const answer = await create('shop', body);
    const text = JSON.stringify(answer.body);
    expect(answer.status).toBe(422);
    for (const each of expected)
      expect(text.replaceAll('\\"', '"')).toContain(
        each.replaceAll('\\"', '"'),
      );
  });

  it.each<[string, object]>([
    // eslint-disable-next-line no-script-url
    ['a script for an address', { run: 'javascript:alert(1)' }],
    ['a password in an address', { url: 'https://ana:secret@git.example/x' }],
    ['a commit that is none', { commit: 'main' }],
    ['what nobody knows', { by: 'me' }],
  ])('are not understood with %s', async (_, revision) => {
    const answer = await create('shop', {
      ...release,
      revision: { ...release.revision, ...revision },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'request-invalid' },
    });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('are too large with a statement that nobody reads', async () => {
    const provenance = { ...STATEMENT, more: 'x'.repeat(300_000) };
    expect(await create('shop', { ...release, provenance })).toMatchObject({
      status: 413,
      body: { code: 'request-too-large' },
    });
  });

  it('are for who may push: a stranger is refused, and an app that is not there is not created by chance', async () => {
    const before = await releasesOf('shop');
    expect(await create('shop', release, { as: BO })).toMatchObject({
      status: 403,
    });
    expect(await releasesOf('shop')).toHaveLength(before.length);
    expect(await create('nowhere', release)).toMatchObject({
      status: 404,
      body: { code: 'app-not-found' },
    });
    const theirs = { ...release, owner: 'group:default/others' };
    expect(await create('nowhere', theirs)).toMatchObject({
      status: 403,
      body: { code: 'not-owner' },
    });
    expect(
      (await create('shop', release, { as: mockCredentials.none.header() }))
        .status,
    ).toBe(401);
  });

  it('take the place of files that were pushed before, and can be pushed over', async () => {
    await portal.push('mixed', {
      'score.yaml': SCORE.replace('image: .', 'image: nginx:1.29'),
      'old/score.yaml': SCORE.replaceAll('web', 'old').replace(
        'image: .',
        'image: nginx:1.29',
      ),
    });
    const { body } = await create('mixed', release);
    const [made] = await releasesOf('mixed');
    expect(made).toMatchObject({
      number: body.number,
      workloads: [{ name: 'web', images: { web: IMAGE } }],
    });
  });
});
