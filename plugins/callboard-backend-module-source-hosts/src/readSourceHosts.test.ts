import { ConfigReader } from '@backstage/config';
import type { CommitStatus } from '@callboard/plugin-callboard-node';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSourceHosts } from './readSourceHosts';

const COMMIT = 'a'.repeat(40);
const integrations = (named: object) =>
  readSourceHosts(new ConfigReader({ integrations: named }));
const decode = (header: string | undefined) =>
  header?.startsWith('Basic ')
    ? Buffer.from(header.slice(6), 'base64').toString()
    : header;

it.each<[string, object, string, string | undefined]>([
  ['GitHub', {}, 'https://github.com/acme/shop', undefined],
  [
    'GitHub',
    { github: [{ host: 'github.com', token: 't1' }] },
    'https://github.com/acme/shop',
    'x-access-token:t1',
  ],
  [
    'GitHub (ghe.example)',
    {
      github: [
        {
          host: 'ghe.example',
          apiBaseUrl: 'https://ghe.example/api/v3',
          token: 't2',
        },
      ],
    },
    'https://ghe.example/acme/shop',
    'x-access-token:t2',
  ],
  [
    'GitLab (git.example:8443)',
    {
      gitlab: [
        {
          host: 'git.example:8443',
          apiBaseUrl: 'https://git.example:8443/api/v4',
          token: 't3',
        },
      ],
    },
    'https://git.example:8443/acme/web/shop.git',
    'oauth2:t3',
  ],
  [
    'Gitea (gitea.example)',
    {
      gitea: [{ host: 'gitea.example', username: 'callboard', password: 't4' }],
    },
    'https://gitea.example/acme/shop',
    'callboard:t4',
  ],
  [
    'Bitbucket (bb.example)',
    {
      bitbucketServer: [
        {
          host: 'bb.example',
          apiBaseUrl: 'https://bb.example/rest/api/1.0',
          token: 't5',
        },
      ],
    },
    'https://bb.example/scm/acme/shop.git',
    'Bearer t5',
  ],
])('%s reads with %j', async (title, named, url, expected) => {
  const host = integrations(named).find(each => each.owns(url));
  expect(host?.title).toBe(title);
  expect(decode(await host?.authorize(url))).toBe(expected);
});

it.each([
  'http://github.com/acme/shop', // a credential would be read on its way
  'https://github.com.evil.example/acme/shop',
  'https://evil.example/github.com/acme/shop',
  'file:///etc',
  'no address',
])('takes no %s', url => {
  expect(integrations({}).some(each => each.owns(url))).toBe(false);
});

describe('the status of a commit', () => {
  const asked: Array<{ path?: string; headers: object; body: object }> = [];
  let status = 201;
  const server = createServer((req, res) => {
    let text = '';
    req
      .on('data', chunk => (text += chunk))
      .on('end', () => {
        asked.push({
          path: req.url,
          headers: req.headers,
          body: JSON.parse(text),
        });
        res.writeHead(status).end('{}');
      });
  });
  let origin: string;
  let host: string;

  beforeAll(async () => {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    origin = `http://${host}`;
  });
  beforeEach(() => {
    asked.length = 0;
    status = 201;
  });
  afterAll(() => new Promise(done => server.close(done)));

  const report = (url: string): CommitStatus => ({
    url,
    commit: COMMIT,
    context: 'callboard/shop/dev',
    state: 'failure',
    description: 'Degraded on eu-1',
    pageUrl: 'https://portal.example/callboard/apps/shop',
  });
  const said = {
    target_url: 'https://portal.example/callboard/apps/shop',
    description: 'Degraded on eu-1',
  };

  it.each<[string, () => object, string, string, object]>([
    [
      'Gitea',
      () => ({
        gitea: [{ host, baseUrl: `${origin}/`, username: 'c', password: 't' }],
      }),
      '/acme/shop.git',
      `/api/v1/repos/acme/shop/statuses/${COMMIT}`,
      { ...said, state: 'failure', context: 'callboard/shop/dev' },
    ],
    [
      'GitLab in groups',
      () => ({
        gitlab: [
          { host, baseUrl: origin, apiBaseUrl: `${origin}/api/v4`, token: 't' },
        ],
      }),
      '/acme/web/shop',
      `/api/v4/projects/acme%2Fweb%2Fshop/statuses/${COMMIT}`,
      { ...said, state: 'failed', name: 'callboard/shop/dev' },
    ],
    [
      'Bitbucket',
      () => ({
        bitbucketServer: [
          { host, apiBaseUrl: `${origin}/rest/api/1.0`, token: 't' },
        ],
      }),
      '/scm/acme/shop.git',
      `/rest/build-status/1.0/commits/${COMMIT}`,
      {
        key: 'callboard/shop/dev',
        name: 'callboard/shop/dev',
        state: 'FAILED',
        url: said.target_url,
        description: said.description,
      },
    ],
  ])('is shown by %s', async (_, named, repository, path, body) => {
    const url = `${origin}${repository}`;
    const of = integrations(named()).find(each => each.owns(url));
    await of?.reportStatus?.(report(url));
    expect(asked).toMatchObject([{ path, body }]);
    status = 403;
    await expect(of?.reportStatus?.(report(url))).rejects.toThrow('403');
  });

  it('is not sent without a credential', async () => {
    const url = `${origin}/acme/shop`;
    const of = integrations({ gitea: [{ host, baseUrl: origin }] }).find(each =>
      each.owns(url),
    );
    await of?.reportStatus?.(report(url));
    expect(asked).toEqual([]);
  });
});
