import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitRepositories } from './GitRepositories';
import { findLeftovers, removeLeftovers } from './removeLeftovers';

const FUTURE = new Date('2100-01-01');
const LONG_AGO = new Date('2020-01-01');

describe('removeLeftovers', () => {
  let folder: string;
  let folders: {
    apps: string;
    deleted: string;
    builds: [string];
    bundles: string;
  };
  let shop: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-left-'));
    folders = {
      apps: join(folder, 'git/apps'),
      deleted: join(folder, 'git/deleted'),
      builds: [join(folder, 'builds')],
      bundles: join(folder, 'bundles'),
    };
    const repositories = await GitRepositories.open({
      folder: join(folder, 'git'),
    });
    await repositories.create('shop');
    shop = repositories.pathOf('shop');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const objects = () => readdir(join(shop, 'objects'));

  /** A push whose receiver is killed while its objects wait to be judged. */
  async function cutPush(): Promise<void> {
    const work = join(folder, 'work');
    const git = (...args: string[]) =>
      execFileSync(
        'git',
        ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args],
        { cwd: work, encoding: 'utf8', stdio: 'pipe' },
      );
    mkdirSync(work);
    git('init', '--quiet', '--initial-branch=main');
    writeFileSync(join(work, 'a'), 'a');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'First');
    mkdirSync(join(shop, 'hooks'), { recursive: true });
    writeFileSync(
      join(shop, 'hooks/pre-receive'),
      '#!/bin/sh\nkill -9 $PPID\n',
      { mode: 0o755 },
    );
    const push = spawn('git', ['push', '--quiet', shop, 'main'], {
      cwd: work,
      stdio: 'ignore',
    });
    await once(push, 'exit');
  }

  it('removes objects of a push that was cut', async () => {
    await cutPush();
    expect(await objects()).toContainEqual(
      expect.stringMatching(/^(tmp_objdir-)?incoming-/),
    );
    const removed = await removeLeftovers(folders, FUTURE);
    expect(removed.paths).toHaveLength(1);
    expect(removed.bytes).toBeGreaterThan(0);
    expect((await objects()).sort()).toEqual(['info', 'pack']);
  });

  it('removes folders of builds and unfinished packs, and leaves finished ones', async () => {
    const pack = join(shop, 'objects/pack');
    const build = join(folders.builds[0], 'one');
    mkdirSync(build, { recursive: true });
    writeFileSync(join(build, 'server.js'), 'x'.repeat(100));
    writeFileSync(join(pack, 'tmp_pack_a1'), 'half');
    writeFileSync(join(pack, 'pack-0.pack'), 'whole');
    const removed = await removeLeftovers(folders, FUTURE);
    expect(removed.paths).toEqual([build, join(pack, 'tmp_pack_a1')]);
    expect(removed.bytes).toBeGreaterThanOrEqual(104);
    expect(await readdir(pack)).toEqual(['pack-0.pack']);
    expect(await removeLeftovers(folders, FUTURE)).toEqual({
      paths: [],
      bytes: 0,
    });
  });

  it('removes bundles that were on their way in or out, and no others', async () => {
    for (const name of ['.incoming-1', '.removed-2', 'shop'])
      mkdirSync(join(folders.bundles, name), { recursive: true });
    expect((await findLeftovers(folders, FUTURE)).paths).toHaveLength(2);
    expect(await readdir(folders.bundles)).toHaveLength(3);
    await removeLeftovers(folders, FUTURE);
    expect(await readdir(folders.bundles)).toEqual(['shop']);
  });

  it('removes repositories of apps that were deleted more than 30 days ago', async () => {
    const repositories = await GitRepositories.open({
      folder: join(folder, 'git'),
    });
    await repositories.setAside('shop', LONG_AGO);
    await repositories.create('shop');
    await repositories.setAside('shop', new Date('2099-12-20'));
    expect(await repositories.list()).toEqual([]);
    const { paths } = await removeLeftovers(folders, FUTURE);
    expect(paths).toEqual([
      join(folders.deleted, `shop.${LONG_AGO.getTime()}.git`),
    ]);
    expect(await readdir(folders.deleted)).toHaveLength(1);
  });

  it('leaves what changed after the instant, however old its folder is', async () => {
    const build = join(folders.builds[0], 'one');
    mkdirSync(build, { recursive: true });
    writeFileSync(join(build, 'new.log'), 'now');
    await utimes(build, LONG_AGO, LONG_AGO);
    await removeLeftovers(folders, new Date('2024-01-01'));
    expect(existsSync(build)).toBe(true);
  });
});
