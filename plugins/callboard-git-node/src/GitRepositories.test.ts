import { execFileSync } from 'node:child_process';
import {
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GitRepositories } from './GitRepositories';
import { MAX_TEXT_BYTES, readPushedFiles } from './readPushedFiles';

const AT = new Date('2026-11-20T10:00:00Z');
const ANA = { name: 'Ana', email: 'ana@example.com' };

describe('GitRepositories', () => {
  let folder: string;
  let repositories: GitRepositories;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-git-'));
    repositories = await GitRepositories.open({ folder: join(folder, 'host') });
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Puts a work tree into the app's repository as a user's own git would; returns the commit. */
  async function store(
    app: string,
    prepare: (work: string) => Promise<void>,
  ): Promise<string> {
    const work = await mkdtemp(join(folder, 'work-'));
    const git = (...args: string[]) =>
      execFileSync(
        'git',
        ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args],
        {
          cwd: work,
          encoding: 'utf8',
          stdio: 'pipe',
        },
      ).trim();
    git('init', '--quiet', '--initial-branch=main');
    await prepare(work);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '-m', 'First\n\nbody');
    await repositories.create(app);
    git('push', '--quiet', '--force', repositories.pathOf(app), 'main');
    return git('rev-parse', 'HEAD');
  }

  async function fill(
    work: string,
    files: Record<string, string | Uint8Array>,
  ): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(work, path)), { recursive: true });
      await writeFile(join(work, path), content);
    }
  }

  async function exported(commit: string, app = 'shop') {
    const target = await mkdtemp(join(folder, 'export-'));
    return { target, result: await repositories.exportTo(app, commit, target) };
  }

  it('makes and lists repositories, and makes none twice', async () => {
    await Promise.all([
      repositories.create('shop'),
      repositories.create('shop'),
      repositories.create('billing'),
    ]);
    expect(await repositories.list()).toEqual(['billing', 'shop']);
    expect(await repositories.readHead('shop')).toBeUndefined();
    expect(await readdir(join(folder, 'host', 'trash'))).toEqual([]);
  });

  it.each(['', '..', 'a/b', 'A', '-a', 'a.git', 'a b', 'x'.repeat(64)])(
    'takes no path for a name: %p',
    async name => {
      await expect(repositories.create(name)).rejects.toThrow(
        'is no name of an app',
      );
    },
  );

  it('reads a pushed revision', async () => {
    const commit = await store('shop', work =>
      fill(work, {
        'score.yaml': 'a: 1\n',
        'Größe/a b.txt': 'ü',
        empty: '',
        'app.yaml': 'kind: App\n',
      }),
    );
    expect(await repositories.readHead('shop')).toBe(commit);
    expect(await repositories.readInfo('shop', commit)).toEqual({
      ok: true,
      value: { commit, message: 'First', author: 'Ana <ana@example.com>' },
    });
    expect(await repositories.listFiles('shop', commit)).toEqual({
      ok: true,
      value: ['Größe/a b.txt', 'app.yaml', 'empty', 'score.yaml'],
    });
    expect(
      await repositories.readFile('shop', commit, 'Größe/a b.txt', 10),
    ).toEqual({ ok: true, value: 'ü' });
    expect(await repositories.readFile('shop', commit, 'empty', 10)).toEqual({
      ok: true,
      value: '',
    });
    expect(await repositories.readFile('shop', commit, 'missing', 10)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(
      await readPushedFiles(repositories.reader('shop'), commit),
    ).toMatchObject({
      ok: true,
      value: {
        texts: { 'app.yaml': 'kind: App\n', 'score.yaml': 'a: 1\n' },
        revision: { commit },
      },
    });
  });

  it('writes a revision to a folder, as it was committed', async () => {
    const commit = await store('shop', async work => {
      await fill(work, {
        'server.js': 'run()',
        'deep/er/data.bin': new Uint8Array(3_000_000).fill(7),
        '.gitattributes': '* export-ignore\n',
        empty: '',
      });
      await writeFile(join(work, 'start.sh'), '#!/bin/sh\n', { mode: 0o755 });
      await symlink('../server.js', join(work, 'deep/link.js'));
    });
    const { target, result } = await exported(commit);
    expect(result).toEqual({ ok: true, value: undefined });
    expect((await readdir(target)).sort()).toEqual([
      '.gitattributes',
      'deep',
      'empty',
      'server.js',
      'start.sh',
    ]);
    expect(
      (await readFile(join(target, 'deep/er/data.bin'))).equals(
        Buffer.alloc(3_000_000, 7),
      ),
    ).toBe(true);
    expect((await lstat(join(target, 'start.sh'))).mode & 0o111).not.toBe(0);
    expect(await readlink(join(target, 'deep/link.js'))).toBe('../server.js');
    expect(await readFile(join(target, 'deep/link.js'), 'utf8')).toBe('run()');
  });

  it('writes a folder of a revision as if it was all, and tells whether it is as before', async () => {
    const first = {
      'services/api/server.js': 'run()',
      'services/api/lib/a.js': '',
      'services/apis': '',
      'web/index.html': 'a',
    };
    const before = await store('shop', work => fill(work, first));
    const target = await mkdtemp(join(folder, 'export-'));
    expect(
      await repositories.exportTo('shop', before, target, 'services/api'),
    ).toEqual({ ok: true, value: undefined });
    expect((await readdir(target)).sort()).toEqual(['lib', 'server.js']);
    const after = await store('shop', work =>
      fill(work, { ...first, 'web/index.html': 'b' }),
    );
    const digests = (from: string) =>
      Promise.all(
        [before, after].map(commit =>
          repositories.digestOf('shop', commit, from),
        ),
      );
    const [api, sameApi] = await digests('services/api');
    expect(sameApi).toEqual(api);
    const [web, otherWeb] = await digests('web');
    expect(otherWeb).not.toEqual(web);
    expect(await digests('services/api/server.js')).toEqual(
      Array(2).fill({ ok: true, value: undefined }),
    );
  });

  it.each<[string, Record<string, string>]>([
    ['an absolute link', { passwd: '/etc/passwd' }],
    ['a link upwards', { up: '../x' }],
    ['a link to nothing', { gone: 'missing' }],
    ['a link to itself', { me: 'me' }],
    [
      'a chain of links that leaves',
      { 'a/b/root': '../..', leaves: 'a/b/root/../host' },
    ],
  ])('refuses %s', async (_, links) => {
    const commit = await store('shop', async work => {
      await fill(work, { 'a/b/file': 'x' });
      for (const [path, target] of Object.entries(links))
        await symlink(target, join(work, path));
    });
    expect((await exported(commit)).result).toMatchObject({
      ok: false,
      problem: { code: 'revision-link-outside' },
    });
  });

  it('refuses submodules, and says which', async () => {
    const commit = await store('shop', async work => {
      await fill(work, { 'lib/x': '1' });
      execFileSync('git', ['init', '--quiet', join(work, 'lib')]);
      execFileSync(
        'git',
        [
          '-c',
          'user.name=a',
          '-c',
          'user.email=a@b',
          'commit',
          '--quiet',
          '--allow-empty',
          '-m',
          'x',
        ],
        {
          cwd: join(work, 'lib'),
        },
      );
    });
    expect(await repositories.listFiles('shop', commit)).toMatchObject({
      ok: false,
      problem: { code: 'revision-submodule', at: { file: 'lib' } },
    });
  });

  it('looks at the size before it reads', async () => {
    const commit = await store('shop', work =>
      fill(work, { 'score.yaml': 'a'.repeat(MAX_TEXT_BYTES + 1) }),
    );
    expect(
      await repositories.readFile('shop', commit, 'score.yaml', MAX_TEXT_BYTES),
    ).toMatchObject({
      ok: false,
      problem: {
        code: 'file-too-large',
        why: 'it has 1048577 B, at most 1048576 B are read',
        at: { file: 'score.yaml' },
      },
    });
    expect(
      await readPushedFiles(repositories.reader('shop'), commit),
    ).toMatchObject({
      ok: false,
      problem: { code: 'file-too-large' },
    });
  });

  it('refuses a score file that is a link or no text', async () => {
    const linked = await store('shop', work =>
      symlink('/etc/passwd', join(work, 'score.yaml')),
    );
    const binary = await store('shop', work =>
      fill(work, { 'score.yaml': new Uint8Array([0xff, 0xfe, 0x00]) }),
    );
    const codes = await Promise.all(
      [linked, binary].map(async commit => {
        const result = await readPushedFiles(
          repositories.reader('shop'),
          commit,
        );
        return result.ok ? 'ok' : result.problem.code;
      }),
    );
    expect(codes).toEqual(['file-is-link', 'file-not-text']);
  });

  it('refuses more files and bytes than the limits allow', async () => {
    const commit = await store('shop', work =>
      fill(work, { a: 'x'.repeat(600), b: 'x'.repeat(600), c: '' }),
    );
    const strict = (limits: object) =>
      GitRepositories.open({ folder: join(folder, 'host'), limits });
    expect(
      await (await strict({ maxFiles: 2 })).listFiles('shop', commit),
    ).toMatchObject({
      problem: { code: 'revision-too-many-files' },
    });
    expect(
      await (await strict({ maxTotalBytes: 1000 })).listFiles('shop', commit),
    ).toMatchObject({
      problem: { code: 'revision-too-large' },
    });
  });

  it.each(['HEAD', '--all', 'main', 'a'.repeat(40), ''])(
    'does not read %p as a revision',
    async commit => {
      await store('shop', work => fill(work, { a: '1' }));
      expect(await repositories.listFiles('shop', commit)).toMatchObject({
        problem: { code: 'revision-not-found' },
      });
    },
  );

  it('reads nothing of the configuration, hooks and attributes of this machine', async () => {
    const before = { ...process.env };
    const evil = join(folder, 'evil');
    await fill(evil, {
      '.gitconfig':
        '[core]\n  fsmonitor = touch caught\n[log]\n  showSignature = true\n',
      'hooks/x': '',
    });
    Object.assign(process.env, {
      HOME: evil,
      GIT_DIR: evil,
      GIT_TRACE: join(folder, 'trace'),
      GIT_CONFIG_PARAMETERS: "'a.b=c'",
    });
    try {
      await repositories.create('shop');
      expect(await repositories.readHead('shop')).toBeUndefined();
      expect(
        Object.keys(repositories.environment()).filter(key =>
          /TRACE|PARAMETERS|GIT_DIR/.test(key),
        ),
      ).toEqual([]);
      await expect(lstat(join(folder, 'trace'))).rejects.toThrow('ENOENT');
    } finally {
      process.env = before;
    }
  });

  it('commits files itself, shows them only when told, and keeps what was on main', async () => {
    await repositories.create('shop');
    const files = {
      'score.yaml': 'a: 1\n',
      'public/ä "quoted".html': 'data 5\nM 100644',
    };
    const staged = await repositories.stageCommit('shop', {
      files,
      message: 'Seed',
      author: ANA,
      at: AT,
    });
    if (!staged.ok) throw new Error(staged.problem.why);
    const first = staged.value;

    expect(await repositories.readHead('shop')).toBeUndefined();
    expect(await repositories.moveMain('shop', first, undefined)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await repositories.readHead('shop')).toBe(first);
    expect(
      await repositories.readFile('shop', first, 'public/ä "quoted".html', 100),
    ).toMatchObject({
      value: files['public/ä "quoted".html'],
    });

    const second = await repositories.stageCommit('shop', {
      files: { b: '' },
      message: 'Next',
      author: ANA,
      at: AT,
      parent: first,
    });
    if (!second.ok) throw new Error(second.problem.why);
    expect(
      await repositories.moveMain('shop', second.value, undefined),
    ).toMatchObject({
      problem: { code: 'branch-moved', transient: true },
    });
    expect(
      await repositories.moveMain('shop', second.value, first),
    ).toMatchObject({ ok: true });
    expect(await repositories.listFiles('shop', second.value)).toEqual({
      ok: true,
      value: ['b'],
    });
    expect(await repositories.isOnMain('shop', first)).toBe(true);
  });

  it.each([
    '../x',
    '/etc/x',
    '.git/hooks/post-receive',
    'a//b',
    'a\nb',
    '.GIT/config',
  ])('does not commit to %p', async path => {
    await repositories.create('shop');
    const staged = await repositories.stageCommit('shop', {
      files: { [path]: '' },
      message: 'x',
      author: ANA,
      at: AT,
    });
    expect(staged).toMatchObject({ problem: { code: 'revision-path-unsafe' } });
  });

  it('removes a repository in which nothing was stored when the last push is over', async () => {
    const [first, second] = await Promise.all([
      repositories.acquire('empty'),
      repositories.acquire('empty'),
    ]);
    await first();
    expect(await repositories.list()).toEqual(['empty']);
    await second();
    expect(await repositories.list()).toEqual([]);

    const third = await repositories.acquire('full');
    await store('full', work => fill(work, { a: '1' }));
    await third();
    expect(await repositories.list()).toEqual(['full']);
  });
});
