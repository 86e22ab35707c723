import { mkdir, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createAppAction } from './createAppAction';

describe('callboard:app:create', () => {
  const workspace = createMockDirectory();
  const asked: Array<{ authorization?: string; url?: string; body: unknown }> =
    [];
  let answer = { status: 201, body: {} as object };
  let server: Server;

  beforeAll(async () => {
    server = createServer(async (req, res) => {
      const text = (await req.toArray()).join('');
      asked.push({
        authorization: req.headers.authorization,
        url: req.url,
        body: JSON.parse(text),
      });
      res
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(() => server.close());

  beforeEach(() => {
    asked.length = 0;
    workspace.clear();
    answer = {
      status: 201,
      body: {
        repository: { cloneUrl: 'http://git/shop.git' },
        sentence: 'It is being built.',
      },
    };
  });

  async function run(
    input: object,
    {
      files = {},
      isDryRun = false,
    }: { files?: object; isDryRun?: boolean } = {},
  ) {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(workspace.path, path)), { recursive: true });
      await writeFile(join(workspace.path, path), content);
    }
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const discovery = {
      getBaseUrl: async () => url,
      getExternalBaseUrl: async () => url,
    };
    const action = createAppAction({ auth: mockServices.auth(), discovery });
    const ctx = createMockActionContext({
      input: { name: 'shop', owner: 'user:default/ana', ...input },
      workspacePath: workspace.path,
    });
    ctx.isDryRun = isDryRun;
    ctx.getInitiatorCredentials = async () =>
      mockCredentials.user('user:default/ana');
    await action.handler(
      ctx as unknown as Parameters<typeof action.handler>[0],
    );
    return (ctx.output as unknown as jest.Mock).mock.calls;
  }

  it('sends the files of the workspace on behalf of the person', async () => {
    const outputs = await run(
      {},
      { files: { 'score.yaml': 'a: 1\n', 'deep/.hidden': 'ü' } },
    );
    expect(asked).toEqual([
      {
        url: '/v1/apps',
        authorization: expect.stringContaining('user:default/ana'),
        body: {
          name: 'shop',
          owner: 'user:default/ana',
          message: 'Create the app from a template',
          files: { 'score.yaml': 'a: 1\n', 'deep/.hidden': 'ü' },
        },
      },
    ]);
    expect(Object.fromEntries(outputs)).toEqual({
      app: 'shop',
      page: '/callboard/apps/shop',
      entityRef: 'component:default/shop',
      cloneUrl: 'http://git/shop.git',
    });
  });

  it("says what Callboard refuses in Callboard's words", async () => {
    answer = {
      status: 409,
      body: {
        code: 'app-exists',
        what: 'Cannot create "shop"',
        why: 'there is one',
        next: 'Rename it',
      },
    };
    await expect(run({}, { files: { a: '' } })).rejects.toThrow(
      'Cannot create "shop": there is one. Rename it',
    );
    answer = { status: 502, body: {} };
    await expect(run({})).rejects.toThrow(
      'Cannot create "shop": Callboard answered 502',
    );
  });

  it('asks nothing in a rehearsal', async () => {
    const outputs = await run({}, { files: { a: '' }, isDryRun: true });
    expect(asked).toEqual([]);
    expect(outputs).toContainEqual(['page', '/callboard/apps/shop']);
  });

  it.each([
    ['an empty folder', {}, {}, 'holds no files'],
    [
      'a file that is no text',
      {},
      { 'logo.png': Buffer.from([0xff, 0xd8]) },
      'logo.png: it is not UTF-8 text',
    ],
    [
      'a folder outside',
      { sourcePath: '../..' },
      { a: '' },
      'Relative path is not allowed',
    ],
  ])('refuses %s', async (_, input, files, said) => {
    await expect(run(input, { files })).rejects.toThrow(said);
    expect(asked).toEqual([]);
  });
});
