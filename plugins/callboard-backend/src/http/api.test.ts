import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  App,
  Cluster,
  Problem,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import Ajv2020 from 'ajv/dist/2020';
import { describeApi, openApiDocument } from '../schema';
import { eventually } from '@callboard/testing';
import { SCORE, TestPortal } from '../__testUtils__/TestPortal';
import { statusOf } from './statusOf';

const ANA = mockCredentials.user.header('user:default/ana');
const NOBODY = mockCredentials.none.header();
const NEW_APP = {
  name: 'created',
  owner: 'user:default/ana',
  files: { 'score.yaml': SCORE },
  message: 'Start',
};
const PLACE = '/apps/shop/environments/dev/clusters/eu-1';

/** One request per documented operation, with the answer it shall give. */
const OPERATIONS: Record<
  string,
  { path: string; body?: object; status: number }
> = {
  'get /apps': { path: '/apps', status: 200 },
  'post /apps': { path: '/apps', body: NEW_APP, status: 201 },
  'get /apps/{app}': {
    path: '/apps/shop?at=2021-11-20T10:00:00Z',
    status: 200,
  },
  'get /apps/{app}/releases': { path: '/apps/shop/releases', status: 200 },
  'post /apps/{app}/releases': {
    path: '/apps/elsewhere/releases',
    body: {
      owner: 'user:default/ana',
      files: { 'score.yaml': SCORE },
      images: { web: `registry.example/shop@sha256:${'a'.repeat(64)}` },
      revision: { commit: '1a2b3c4d' },
    },
    status: 201,
  },
  'get /apps/{app}/releases/{release}/progress': {
    path: '/apps/shop/releases/1/progress',
    status: 200,
  },
  'get /apps/{app}/timeline': {
    path: '/apps/shop/timeline?from=2021-11-13T10:00:00Z&to=2021-11-20T10:00:00Z&lanes=cluster&at=2021-11-20T10:00:00Z',
    status: 200,
  },
  'get /apps/{app}/builds/{revision}/log': {
    path: '/apps/shop/builds/1a2b3c4d/log',
    status: 200,
  },
  'get /apps/{app}/releases/{release}/sbom': {
    path: '/apps/shop/releases/1/sbom',
    status: 200,
  },
  'get /apps/{app}/releases/{release}/provenance': {
    path: '/apps/shop/releases/7/provenance',
    status: 404,
  },
  'get /apps/{app}/catalog-info': {
    path: '/apps/shop/catalog-info',
    status: 200,
  },
  'get /apps/{app}/environments/{environment}/placement': {
    path: '/apps/shop/environments/dev/placement',
    status: 200,
  },
  'post /apps/{app}/environments/{environment}/promotions': {
    path: '/apps/shop/environments/prod/promotions',
    body: { release: 1 },
    status: 202,
  },
  'get /apps/{app}/environments/{environment}/releases/{release}/diff': {
    path: '/apps/shop/environments/dev/releases/1/diff?from=1',
    status: 200,
  },
  'get /apps/{app}/environments/{environment}/rollout': {
    path: '/apps/shop/environments/prod/rollout?at=2021-11-20T10:00:00Z',
    status: 200,
  },
  'post /apps/{app}/environments/{environment}/rollout/{action}': {
    path: '/apps/shop/environments/prod/rollout/pause',
    status: 202,
  },
  'delete /apps/{app}/environments/{environment}': {
    path: '/apps/shop/environments/dev',
    body: { confirm: 'shop', why: 'Nobody uses it' },
    status: 202,
  },
  'patch /apps/{app}': {
    path: '/apps/shop',
    body: { title: 'Corner shop', description: 'Sells things', why: 'Moved' },
    status: 200,
  },
  'delete /apps/{app}': {
    path: '/apps/shop?dryRun=true',
    status: 200,
  },
  'post /apps/{app}/environments/{environment}/actions': {
    path: '/apps/shop/environments/dev/actions',
    body: { action: 'scale', replicas: 3, why: 'More guests' },
    status: 202,
  },
  'get /apps/{app}/environments/{environment}/resources': {
    path: '/apps/shop/environments/dev/resources',
    status: 200,
  },
  'get /apps/{app}/environments/{environment}/usage': {
    path: '/apps/shop/environments/dev/usage',
    status: 200,
  },
  'post /apps/{app}/environments/{environment}/resources/{resource}/rotation': {
    path: '/apps/shop/environments/dev/resources/db/rotation',
    status: 404,
  },
  'get /deleted-apps/data': {
    path: '/deleted-apps/data?limit=5&at=2021-11-20T10:00:00Z',
    status: 200,
  },
  'get /apps/{app}/data': {
    path: '/apps/shop/data?at=2021-11-20T10:00:00Z',
    status: 200,
  },
  'delete /apps/{app}/environments/{environment}/data/{cluster}': {
    path: '/apps/shop/environments/dev/data/dev-1',
    status: 404,
  },
  'get /apps/{app}/source': { path: '/apps/shop/source', status: 200 },
  'put /apps/{app}/source': {
    path: '/apps/shop/source',
    body: { url: 'https://git.test/acme/shop', branch: 'main' },
    status: 422,
  },
  'delete /apps/{app}/source': {
    path: '/apps/shop/source',
    body: { why: 'It moved' },
    status: 204,
  },
  'post /apps/{app}/source/refresh': {
    path: '/apps/shop/source/refresh',
    status: 404,
  },
  'get /apps/{app}/settings': {
    path: '/apps/shop/settings',
    status: 200,
  },
  'put /apps/{app}/settings/{setting}': {
    path: '/apps/shop/settings/LOG_LEVEL',
    body: { value: 'debug' },
    status: 404,
  },
  'delete /apps/{app}/settings/{setting}': {
    path: '/apps/shop/settings/LOG_LEVEL',
    status: 404,
  },
  'post /apps/{app}/settings/{setting}/restoration': {
    path: '/apps/shop/settings/LOG_LEVEL/restoration',
    body: { version: 1 },
    status: 404,
  },
  'get /apps/{app}/environments/{environment}/settings': {
    path: '/apps/shop/environments/dev/settings',
    status: 200,
  },
  'put /apps/{app}/environments/{environment}/settings/{setting}': {
    path: '/apps/shop/environments/dev/settings/LOG_LEVEL',
    body: { value: 'debug' },
    status: 404,
  },
  'delete /apps/{app}/environments/{environment}/settings/{setting}': {
    path: '/apps/shop/environments/dev/settings/LOG_LEVEL',
    body: { why: 'nothing reads it' },
    status: 404,
  },
  'post /apps/{app}/environments/{environment}/settings/{setting}/restoration':
    {
      path: '/apps/shop/environments/dev/settings/LOG_LEVEL/restoration',
      body: { version: 1 },
      status: 404,
    },
  'get /apps/{app}/environments/{environment}/logs': {
    path: '/apps/shop/environments/dev/logs',
    status: 200,
  },
  'get /apps/{app}/environments/{environment}/clusters/{cluster}/kubernetes': {
    path: `${PLACE}/kubernetes`,
    status: 200,
  },
  'get /tokens': { path: '/tokens', status: 200 },
  'post /tokens': {
    path: '/tokens',
    body: { name: 'laptop', expiresInDays: 30 },
    status: 201,
  },
  'delete /tokens/{id}': { path: '/tokens/nothing', status: 404 },
  'get /policies': { path: '/policies', status: 200 },
  'post /policies/{policy}/trial': {
    path: '/policies/nothing/trial',
    body: { days: 30 },
    status: 404,
  },
  'get /exceptions': { path: '/exceptions', status: 200 },
  'post /exceptions': {
    path: '/exceptions',
    body: {
      policy: 'no-node-ports',
      target: 'shop/prod',
      until: '2026-12-20T10:00:00Z',
      why: 'It moves to routes',
    },
    status: 201,
  },
  'delete /exceptions/{id}': { path: '/exceptions/nothing', status: 404 },
  'get /fleet': { path: '/fleet', status: 200 },
  'get /environments': { path: '/environments', status: 200 },
  'get /blueprints': { path: '/blueprints', status: 200 },
  'get /blueprints/{blueprint}/versions/{version}': {
    path: '/blueprints/golden/versions/3',
    status: 200,
  },
  'post /blueprints/{blueprint}/versions/{version}/what-if': {
    path: '/blueprints/golden/versions/3/what-if',
    status: 200,
  },
  'post /blueprints/{blueprint}/rollouts': {
    path: '/blueprints/golden/rollouts',
    body: { version: 3, why: 'New limits' },
    status: 201,
  },
  'get /blueprints/{blueprint}/rollouts/{id}': {
    path: '/blueprints/golden/rollouts/1',
    status: 200,
  },
  'post /blueprints/{blueprint}/rollouts/{id}/actions': {
    path: '/blueprints/golden/rollouts/1/actions',
    body: { action: 'pause' },
    status: 202,
  },
  'get /clusters': { path: '/clusters', status: 200 },
  'post /clusters': {
    path: '/clusters',
    body: { name: 'edge-1', labels: { env: 'dev' }, blueprint: 'edge' },
    status: 201,
  },
  'post /clusters/{cluster}/join': {
    path: '/clusters/edge-1/join',
    status: 201,
  },
  'delete /clusters/{cluster}': { path: '/clusters/edge-1', status: 200 },
  'get /clusters/{cluster}': { path: '/clusters/eu-1', status: 404 },
  'post /fleet/what-if': {
    path: '/fleet/what-if',
    body: { changes: [{ kind: 'lose', cluster: 'eu-1' }] },
    status: 200,
  },
  'post /clusters/{cluster}/cordon': {
    path: '/clusters/eu-1/cordon',
    body: { why: 'Its disks are swapped' },
    status: 202,
  },
  'post /clusters/{cluster}/drain': {
    path: '/clusters/eu-1/drain',
    body: {},
    status: 202,
  },
  'post /clusters/{cluster}/uncordon': {
    path: '/clusters/nowhere/uncordon',
    body: {},
    status: 404,
  },
  'patch /clusters/{cluster}/labels': {
    path: '/clusters/eu-1/labels',
    body: { labels: { tier: 'gold', env: null }, why: 'It was renewed' },
    status: 202,
  },
  'get /audit': { path: '/audit', status: 200 },
  'get /audit.csv': { path: '/audit.csv', status: 200 },
  'get /fleet/joining': { path: '/fleet/joining', status: 200 },
  'get /retention': { path: '/retention', status: 200 },
  'get /observed-apps/{namespace}/{name}': {
    path: '/observed-apps/default/nowhere',
    status: 404,
  },
  'get /history': { path: '/history', status: 200 },
  'get /journal': {
    path: '/journal?app=shop&actor=user:default/ana&kind=releases&limit=5',
    status: 200,
  },
};

function journalEntry(sequence: number): JournalEntry {
  return {
    sequence,
    at: '2021-11-20T10:00:00.000Z',
    actor: 'system:delivery',
    action: 'deployment.health',
    message: 'Release 1 of shop is Healthy in dev on eu-1',
    hash: '0',
  };
}

describe('API', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await TestPortal.start();
    await portal.push('shop', {
      'score.yaml': SCORE,
      'catalog-info.yaml': 'kind: Component\n',
    });
  });

  afterAll(() => portal.stop());

  async function ask(
    method: string,
    path: string,
    { body, token = ANA }: { body?: unknown; token?: string } = {},
  ) {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      method,
      headers: {
        authorization: token,
        ...(sent !== undefined && { 'content-type': 'application/json' }),
      },
      body: sent,
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('/json');
    return {
      status: answer.status,
      body: isJson ? JSON.parse(text) : undefined,
      text,
    };
  }

  it('answers what the documentation asks: what if?', async () => {
    const page = readFileSync(
      resolve(__dirname, '../../../../docs/placement-and-rollout.md'),
      'utf8',
    );
    const [, question] = /what-if \\\n +-d '(.+)'/.exec(page) ?? [];
    const answer = await ask('POST', '/fleet/what-if', { body: question });
    expect(answer).toMatchObject({
      status: 200,
      body: { sentence: '2 supposed' },
    });
  });

  describe('answers as the OpenAPI document says', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.addFormat(
      'date-time',
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    );
    ajv.addSchema(openApiDocument, 'api');
    const documented = Object.entries(openApiDocument.paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          name: `${method} ${path}`,
          method,
          path,
          operation,
        })),
    );

    it('has an example of every operation', () => {
      expect(Object.keys(OPERATIONS).sort()).toEqual(
        documented.map(({ name }) => name).sort(),
      );
    });

    it.each(documented)('$name', async ({ name, method, path, operation }) => {
      const { path: asked, body, status } = OPERATIONS[name];
      const answer = await ask(method.toUpperCase(), asked, { body });
      expect(answer).toMatchObject({ status });
      const key = status in operation.responses ? String(status) : 'default';
      const { content } = (
        operation.responses as Record<string, { content?: object }>
      )[key];
      const pointer = [
        'paths',
        path,
        method,
        'responses',
        key,
        'content',
        'application/json',
        'schema',
      ];
      const isJson = content !== undefined && 'application/json' in content;
      const schema = isJson
        ? { $ref: `api#/${pointer.map(escapePointer).join('/')}` }
        : false;
      const validate = ajv.compile(schema);
      expect(
        answer.body === undefined || validate(answer.body)
          ? []
          : validate.errors,
      ).toEqual([]);
      expect(answer.body === undefined).toBe(!isJson);
    });

    it('is served to everybody, with the switches of the playground only where it runs', async () => {
      const answer = await fetch(`${portal.url}/api/callboard/v1/openapi.json`);
      expect(await answer.json()).toEqual(
        JSON.parse(JSON.stringify(openApiDocument)),
      );
      expect(
        Object.keys(
          (describeApi({ playground: true }) as typeof openApiDocument).paths,
        ),
      ).toEqual(
        expect.arrayContaining([
          '/playground/clusters/{cluster}/power',
          '/playground/isolation',
        ]),
      );
    });
  });

  describe('lists page by page', () => {
    const NAMES = ['page-a', 'page-b', 'page-c'];

    beforeAll(async () => {
      for (const name of NAMES) await portal.push(name);
    });

    /** Every page of a list, two items each, by what names an item. */
    async function walk(path: string, nameOf: (item: any) => unknown) {
      const pages: unknown[][] = [];
      let query = '?limit=2';
      for (;;) {
        const { status, body } = await ask('GET', `${path}${query}`);
        expect(status).toBe(200);
        pages.push(body.items.map(nameOf));
        if (body.nextCursor === undefined) return pages;
        query = `?limit=2&cursor=${encodeURIComponent(body.nextCursor)}`;
      }
    }

    it('apps, by name', async () => {
      const { body } = await ask('GET', '/apps');
      const all = body.items.map(({ name }: App) => name);
      expect(all).toEqual(expect.arrayContaining(NAMES));
      const pages = await walk('/apps', ({ name }) => name);
      expect(pages.flat()).toEqual(all);
      expect(pages.length).toBe(Math.ceil(all.length / 2));
    });

    it('releases, the newest first', async () => {
      const work = await portal.repository({ 'score.yaml': SCORE });
      for (const text of ['1', '2', '3', '4']) {
        await portal.commit(work, { text });
        const url = portal.gitUrl('page-d', 'ana');
        expect(await portal.git(work, 'push', url, 'main')).toMatchObject({
          code: 0,
        });
      }
      expect(
        await walk('/apps/page-d/releases', ({ number }) => number),
      ).toEqual([
        [4, 3],
        [2, 1],
      ]);
    });

    it('clusters, by name', async () => {
      const names = ['eu-2', 'eu-1', 'us-1'];
      const listed = jest
        .spyOn(portal.controlPlane, 'listClusters')
        .mockResolvedValue(names.map(name => ({ name } as Cluster)));
      const pages = await walk('/clusters', ({ name }) => name);
      listed.mockRestore();
      expect(pages).toEqual([['eu-1', 'eu-2'], ['us-1']]);
    });

    it('blueprints, by name', async () => {
      const listed = jest
        .spyOn(portal.controlPlane, 'listBlueprints')
        .mockResolvedValue(
          ['pci', 'edge', 'golden'].map(name => ({
            name,
            title: name,
            sentence: 'No cluster runs it',
            versions: [],
          })),
        );
      const pages = await walk('/blueprints', ({ name }) => name);
      listed.mockRestore();
      expect(pages).toEqual([['edge', 'golden'], ['pci']]);
    });

    it('refuses the cursor of another list', async () => {
      const { body } = await ask('GET', '/apps?limit=1');
      expect(
        await ask('GET', `/clusters?cursor=${body.nextCursor}`),
      ).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
    });
  });

  describe('refuses what the document does not allow', () => {
    it.each<[string, string, string, unknown, number, string]>([
      [
        'an address that is none',
        'GET',
        '/nothing',
        undefined,
        404,
        'route-not-found',
      ],
      [
        'a method that is none',
        'PUT',
        '/apps/shop',
        undefined,
        405,
        'method-not-allowed',
      ],
      [
        'an instant that is none',
        'GET',
        '/apps?at=yesterday',
        undefined,
        400,
        'instant-unreadable',
      ],
      [
        'an instant that is empty',
        'GET',
        '/fleet?at=',
        undefined,
        400,
        'instant-unreadable',
      ],
      [
        'two instants',
        'GET',
        '/clusters?at=2021-11-20T10:00:00Z&at=2021-11-20T11:00:00Z',
        undefined,
        400,
        'instant-unreadable',
      ],
      [
        'an instant to come',
        'GET',
        '/clusters?at=2999-11-20T10:00:00Z',
        undefined,
        400,
        'instant-in-future',
      ],
      [
        'an instant before history began',
        'GET',
        '/journal?at=2019-12-31T23:59:59Z',
        undefined,
        400,
        'instant-before-history',
      ],
      [
        'a reason in an address, which access logs keep',
        'DELETE',
        '/apps/shop/settings/LOG_LEVEL?why=gone',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a value and a reference to one',
        'PUT',
        '/apps/shop/settings/PAYMENT_KEY',
        {
          value: 'x',
          reference: { clusterSecretStore: 'vault', key: 'shop/payment' },
        },
        400,
        'request-invalid',
      ],
      [
        'neither a value nor a reference',
        'PUT',
        '/apps/shop/settings/PAYMENT_KEY',
        { secret: true },
        400,
        'request-invalid',
      ],
      [
        'a query that is unknown',
        'GET',
        '/apps?order=name',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a limit that is too large',
        'GET',
        '/journal?limit=501',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'to forget what it reaches, and deletes it no more',
        'DELETE',
        '/apps/shop/environments/dev/data/dev-1?forget=true',
        undefined,
        409,
        'data-within-reach',
      ],
      [
        'to forget, in a word that may mean the opposite',
        'DELETE',
        '/apps/shop/environments/dev/data/dev-1?forget=yes',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a page that is too large',
        'GET',
        '/apps?limit=501',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a cursor that is none',
        'GET',
        '/apps/shop/releases?cursor=!',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a window that ends before it begins',
        'GET',
        '/apps/shop/timeline?from=2021-11-20T10:00:00Z&to=2021-11-13T10:00:00Z',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a window that is too long',
        'GET',
        '/apps/shop/timeline?from=2001-11-20T10:00:00Z',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'lanes that are none',
        'GET',
        '/apps/shop/timeline?lanes=region',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a kind of entries that is none',
        'GET',
        '/journal?kind=secrets',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a release that is no number',
        'POST',
        '/apps/shop/environments/prod/promotions',
        { release: '1' },
        400,
        'request-invalid',
      ],
      [
        'a release below 1',
        'POST',
        '/apps/shop/environments/prod/promotions',
        { release: 0 },
        400,
        'request-invalid',
      ],
      [
        'no body',
        'POST',
        '/apps/shop/environments/prod/promotions',
        undefined,
        415,
        'media-type-not-taken',
      ],
      ['broken JSON', 'POST', '/apps', '{"name":', 400, 'request-invalid'],
      [
        'a body that is too large',
        'POST',
        '/apps',
        { ...NEW_APP, message: 'x'.repeat(9_000_000) },
        413,
        'request-too-large',
      ],
      [
        'an app without files',
        'POST',
        '/apps',
        { ...NEW_APP, files: {} },
        400,
        'request-invalid',
      ],
      [
        'a bad name',
        'POST',
        '/apps',
        { ...NEW_APP, name: 'A' },
        400,
        'app-name-invalid',
      ],
      [
        'a path that leaves',
        'POST',
        '/apps',
        { ...NEW_APP, name: 'leaves', files: { '../x': '' } },
        422,
        'revision-path-unsafe',
      ],
      [
        'an app without score.yaml',
        'POST',
        '/apps',
        { ...NEW_APP, name: 'none', files: { x: '' } },
        422,
        'score-missing',
      ],
      [
        "an owner that is not one's own",
        'POST',
        '/apps',
        { ...NEW_APP, name: 'theirs', owner: 'group:default/x' },
        403,
        'not-owner',
      ],
      [
        'a name that is taken',
        'POST',
        '/apps',
        { ...NEW_APP, name: 'shop' },
        409,
        'app-exists',
      ],
      [
        'an app that is not there',
        'POST',
        '/apps/none/environments/prod/promotions',
        { release: 1 },
        404,
        'app-not-found',
      ],
      [
        'nothing supposed',
        'POST',
        '/fleet/what-if',
        { changes: [] },
        400,
        'request-invalid',
      ],
      [
        'too much supposed at once',
        'POST',
        '/fleet/what-if',
        {
          changes: Array.from({ length: 21 }, () => ({
            kind: 'drain',
            cluster: 'eu-1',
          })),
        },
        400,
        'request-invalid',
      ],
      [
        'something supposed that nobody knows',
        'POST',
        '/fleet/what-if',
        { changes: [{ kind: 'explode', cluster: 'eu-1' }] },
        400,
        'request-invalid',
      ],
      [
        'a drain without a cluster',
        'POST',
        '/fleet/what-if',
        { changes: [{ kind: 'drain' }] },
        400,
        'request-invalid',
      ],
      [
        'a reason that is a book',
        'POST',
        '/clusters/eu-1/drain',
        { why: 'x'.repeat(501) },
        400,
        'request-invalid',
      ],
      [
        'something else than can be done to an app',
        'POST',
        '/apps/shop/environments/dev/actions',
        { action: 'explode' },
        400,
        'request-invalid',
      ],
      [
        'a removal that is not confirmed by the name',
        'DELETE',
        '/apps/shop',
        { confirm: 'chop' },
        422,
        'removal-not-confirmed',
      ],
      [
        'a removal that says more than it may',
        'DELETE',
        '/apps/shop/environments/dev',
        { confirm: 'shop', force: true },
        400,
        'request-invalid',
      ],
      [
        'half a replica',
        'POST',
        '/apps/shop/environments/dev/actions',
        { action: 'scale', replicas: 1.5 },
        400,
        'request-invalid',
      ],
      [
        'something else than a rollout can be asked for',
        'POST',
        '/apps/shop/environments/prod/rollout/explode',
        undefined,
        400,
        'request-invalid',
      ],
      [
        'a rollout that is not there',
        'POST',
        '/apps/shop/environments/dev/rollout/pause',
        undefined,
        404,
        'rollout-not-found',
      ],
    ])('%s', async (_, method, path, body, status, code) => {
      const answer = await ask(method, path, { body });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(Object.keys(answer.body)).toEqual(
        expect.arrayContaining(['code', 'what', 'why', 'next']),
      );
    });

    it('names the field', async () => {
      const answer = await ask(
        'POST',
        '/apps/shop/environments/prod/promotions',
        { body: { release: 'x' } },
      );
      expect(answer.body.why).toContain('release');
    });
  });

  it.each(Object.entries(OPERATIONS))(
    'asks who does not sign in: %s',
    async (name, { path, body }) => {
      const answer = await ask(name.split(' ')[0].toUpperCase(), path, {
        body,
        token: NOBODY,
      });
      expect([answer.status, answer.body.code]).toEqual([
        401,
        'sign-in-needed',
      ]);
    },
  );

  it('creates an app from files, owned as asked', async () => {
    const answer = await ask('POST', '/apps', {
      body: { ...NEW_APP, name: 'from-template' },
    });
    expect([answer.status, answer.body.name, answer.body.owner]).toEqual([
      201,
      'from-template',
      'user:default/ana',
    ]);
    const recorded = portal.controlPlane.recorded.find(
      ({ app }) => app === 'from-template',
    );
    expect(recorded).toMatchObject({
      actor: 'user:default/ana',
      revision: { message: 'Start', author: 'ana <ana@localhost>' },
    });
    const clone = await portal.git(
      portal.folder,
      'clone',
      '--quiet',
      portal.gitUrl('from-template', 'ana'),
      'created',
    );
    expect(clone.code).toBe(0);
  });

  it('gives the catalog what the app says of itself', async () => {
    expect((await ask('GET', '/apps/shop/catalog-info')).body).toEqual({
      revision: portal.controlPlane.recorded[0].revision.commit,
      text: 'kind: Component\n',
    });
    await portal.push('quiet');
    expect((await ask('GET', '/apps/quiet/catalog-info')).body).toMatchObject({
      text: null,
    });
  });

  it.each<[string, string | undefined]>([
    ['/apps?at=2021-11-20T10:00:00Z', '2021-11-20T10:00:00.000Z'],
    ['/apps?at=2021-11-20T12:00:00%2B02:00', '2021-11-20T10:00:00.000Z'],
    ['/apps', undefined],
  ])('reads %s as it was then', async (path, instant) => {
    const asked = jest.spyOn(portal.controlPlane, 'listApps');
    expect((await ask('GET', path)).status).toBe(200);
    const [options] = asked.mock.calls[0] as Array<{ at?: Date }>;
    asked.mockRestore();
    expect(options.at?.toISOString()).toBe(instant);
  });

  const readsOfThePast = Object.entries(openApiDocument.paths).flatMap(
    ([path, methods]) =>
      'get' in methods &&
      methods.get.parameters?.some(({ $ref }) => $ref?.endsWith('/at'))
        ? [OPERATIONS[`get ${path}`].path.replace(/\?.*/, '')]
        : [],
  );

  it.each(readsOfThePast)(
    'refuses %s at an instant it cannot show',
    async path => {
      const codeAt = async (at: string) =>
        (await ask('GET', `${path}?at=${at}`)).body.code;
      expect(await codeAt('garbage')).toBe('instant-unreadable');
      expect(await codeAt('2999-01-01T00:00:00Z')).toBe('instant-in-future');
      expect(await codeAt('2019-01-01T00:00:00Z')).toBe(
        'instant-before-history',
      );
    },
  );

  it('says since when history is kept', async () => {
    expect((await ask('GET', '/apps?at=2019-01-01T00:00:00Z')).body).toEqual({
      code: 'instant-before-history',
      what: 'Cannot show 2019-01-01T00:00:00.000Z',
      why: 'history is kept since 2020-01-01T00:00:00.000Z',
      next: 'Ask for 2020-01-01T00:00:00.000Z or later',
    });
  });

  it('says of an instant whether anything was recorded then', async () => {
    const { controlPlane } = portal;
    controlPlane.gaps = [
      {
        from: new Date('2026-11-20T09:03:00Z'),
        to: new Date('2026-11-20T09:40:00Z'),
        cause: 'stopped',
      },
    ];
    const gapAt = async (query: string) =>
      (await ask('GET', `/history${query}`)).body.gap;
    expect(await gapAt('?at=2026-11-20T09:20:00Z')).toEqual({
      from: '2026-11-20T09:03:00.000Z',
      to: '2026-11-20T09:40:00.000Z',
      cause: 'stopped',
      sentence:
        'No portal was running from 09:03 to 09:40 UTC (37 min); what is shown is the last known state.',
    });
    expect(await gapAt('?at=2026-11-20T09:41:00Z')).toBeUndefined();
    expect(await gapAt('')).toBeUndefined();
    controlPlane.gaps = [];
  });

  it('reads the journal page by page, with its filters', async () => {
    const asked = jest
      .spyOn(portal.controlPlane, 'listJournal')
      .mockImplementation(async ({ before = 8, limit = 0 } = {}) =>
        [7, 6, 5, 4, 3, 2, 1]
          .filter(sequence => sequence < before)
          .slice(0, limit)
          .map(sequence => journalEntry(sequence)),
      );
    const sequences: number[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const { body } = await ask(
        'GET',
        `/journal?kind=health&actor=system:delivery&limit=3${cursor}`,
      );
      for (const { sequence } of body.items) sequences.push(sequence);
      cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
    }
    expect(sequences).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(asked).toHaveBeenLastCalledWith({
      actor: 'system:delivery',
      kind: 'health',
      before: 2,
      limit: 4,
    });
    asked.mockRestore();
  });

  it('gives the audit as CSV', async () => {
    const { text } = await ask('GET', '/audit.csv?at=2021-11-20T10:00:00Z');
    expect(text.split('\r\n')[0]).toContain('"app","owner","environment"');
    expect(text).toContain(
      '"2021-11-20T10:00:00.000Z","shop","user:default/ana","dev","unknown"',
    );
  });

  it('hands on who promotes what', async () => {
    await ask('POST', '/apps/shop/environments/prod/promotions', {
      body: { release: 7, replaces: 6 },
    });
    expect(portal.controlPlane.promotions).toContainEqual({
      app: 'shop',
      environment: 'prod',
      release: 7,
      replaces: 6,
      actor: 'user:default/ana',
      mayPromote: true,
      ownershipRefs: ['user:default/ana'],
    });
  });

  it('hands on who drains what, and why', async () => {
    await ask('POST', '/clusters/eu-1/drain', {
      body: { why: 'Its disks are swapped' },
    });
    expect(portal.controlPlane.schedulings).toContainEqual({
      cluster: 'eu-1',
      to: 'drain',
      actor: 'user:default/ana',
      why: 'Its disks are swapped',
    });
  });

  it('hands on who labels what, and why', async () => {
    const { status } = await ask('PATCH', '/clusters/eu-1/labels', {
      body: { labels: { env: 'dev', tier: null }, why: 'It moved' },
    });
    expect(status).toBe(202);
    expect(portal.controlPlane.labellings).toContainEqual({
      cluster: 'eu-1',
      labels: { env: 'dev', tier: null },
      actor: 'user:default/ana',
      why: 'It moved',
    });
  });

  it.each([
    { name: 'no label', body: { labels: {} } },
    { name: 'a label that is no text', body: { labels: { env: 3 } } },
    { name: 'labels that are a list', body: { labels: ['env'] } },
  ])('labels no cluster with $name', async ({ body }) => {
    const before = portal.controlPlane.labellings.length;
    expect((await ask('PATCH', '/clusters/eu-1/labels', { body })).status).toBe(
      400,
    );
    expect(portal.controlPlane.labellings).toHaveLength(before);
  });

  it('hands on who steers a rollout', async () => {
    const about = { app: 'shop', environment: 'prod', action: 'rollback' };
    const path = '/apps/shop/environments/prod/rollout/rollback';
    await ask('POST', path);
    await ask('POST', path, { body: { version: '9f2c41d07b6e8a35' } });
    const who = { actor: 'user:default/ana', mayPromote: true };
    expect(portal.controlPlane.steerings.slice(-2)).toMatchObject([
      { ...about, ...who },
      { ...about, ...who, version: '9f2c41d07b6e8a35' },
    ]);
  });

  it('never says more than a problem holds for pages, and hides bugs', async () => {
    const broken = jest
      .spyOn(portal.controlPlane, 'listApps')
      .mockRejectedValue(new Error('secret of the inside'));
    const answer = await ask('GET', '/apps');
    broken.mockRestore();
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it.each<[Partial<Problem>, number]>([
    [{ code: 'placeholder-unknown' }, 422],
    [{ code: 'work-failed', transient: true }, 503],
    [{ code: 'cluster-timeout', transient: true }, 504],
  ])('has a status for %p', (problem, status) => {
    expect(
      statusOf({
        what: '',
        why: '',
        next: '',
        transient: false,
        code: 'unexpected',
        ...problem,
      }),
    ).toBe(status);
  });

  it('plants its seeds once', async () => {
    const seed = {
      name: 'hello',
      owner: 'group:default/guests',
      files: { 'score.yaml': SCORE },
      message: 'Say hello',
    };
    const seeded = await TestPortal.start({ seeds: [seed] });
    await eventually('the seed is pushed', () =>
      expect(seeded.controlPlane.recorded).toHaveLength(1),
    );
    expect(seeded.controlPlane.recorded[0]).toMatchObject({
      app: 'hello',
      owner: 'group:default/guests',
      actor: 'system:seed',
    });
    await seeded.stop();
  });
});

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
