import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { StandInCallboard, runAsAna } from './__testUtils__/StandInCallboard';
import { createAppAction } from './createAppAction';

describe('callboard:app:create', () => {
  const workspace = createMockDirectory();
  let callboard: StandInCallboard;

  beforeEach(async () => {
    callboard = await StandInCallboard.start();
    workspace.clear();
    callboard.answer = {
      status: 201,
      body: {
        repository: { cloneUrl: 'http://git/shop.git' },
        sentence: 'It is being built.',
      },
    };
  });
  afterEach(() => callboard.stop());

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
    return runAsAna(createAppAction(callboard.deps), {
      input: { name: 'shop', owner: 'user:default/ana', ...input },
      workspacePath: workspace.path,
      isDryRun,
    });
  }

  it('sends the files of the workspace on behalf of the person', async () => {
    const outputs = await run(
      {},
      { files: { 'score.yaml': 'a: 1\n', 'deep/.hidden': 'ü' } },
    );
    expect(callboard.asked).toEqual([
      {
        method: 'POST',
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
    expect(outputs).toEqual({
      app: 'shop',
      page: '/callboard/apps/shop',
      entityRef: 'component:default/shop',
      cloneUrl: 'http://git/shop.git',
    });
  });

  it("says what Callboard refuses in Callboard's words", async () => {
    callboard.answer = {
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
    callboard.answer = { status: 502, body: {} };
    await expect(run({})).rejects.toThrow(
      'Cannot create "shop": Callboard answered 502',
    );
  });

  it('asks nothing in a rehearsal', async () => {
    const outputs = await run({}, { files: { a: '' }, isDryRun: true });
    expect(callboard.asked).toEqual([]);
    expect(outputs).toMatchObject({ page: '/callboard/apps/shop' });
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
    expect(callboard.asked).toEqual([]);
  });
});
