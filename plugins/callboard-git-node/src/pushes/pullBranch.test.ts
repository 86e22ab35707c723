import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed, ok } from '@callboard/plugin-callboard-common';
import { AppLocks, type PushedFiles } from '@callboard/plugin-callboard-node';
import { GitServer } from '@callboard/testing';
import { GitRepositories } from '../GitRepositories';
import { DEFAULT_REMOTE_LIMITS } from '../source';
import { fetchBranch } from '../source/fetchBranch';
import { MemoryRecord, REFUSED } from './__testUtils__/MemoryRecord';
import { PushIntents } from './PushIntents';
import { pullBranch } from './pullBranch';
import { pushFiles, pushRelease } from './pushFiles';
import type { PushDeps } from './pushDeps';
import { sweepFetched } from './sweepFetched';

const OWNER = 'user:default/ana';
const PUSHER = {
  actor: 'system:source',
  owner: OWNER,
  ownershipRefs: [OWNER],
};
const LARGE_BYTES = 3_000_000;
const large = () => randomBytes(LARGE_BYTES / 2).toString('hex'); // what packs badly
const MINUTE_MS = 60_000;

describe('pullBranch', () => {
  let folder: string;
  let host: GitServer;
  let record: MemoryRecord;
  let deps: PushDeps;
  let free: () => number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-pull-'));
    host = await GitServer.start();
    host.create('acme/shop');
    free = () => Infinity;
    const repositories = await GitRepositories.open({
      folder,
      readFree: async () => free(),
    });
    record = new MemoryRecord();
    deps = {
      repositories,
      intents: new PushIntents(repositories),
      locks: new AppLocks(),
      record,
    };
  });

  afterEach(async () => {
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const remote = () => ({ url: host.urlOf('acme/shop'), branch: 'main' });
  const commit = (files: Record<string, string>) =>
    host.commit('acme/shop', files);
  const pull = (
    given: {
      path?: string;
      maxBytes?: number;
      demandsHistory?: boolean;
      branch?: string;
    } = {},
  ) =>
    pullBranch(
      {
        app: 'shop',
        remote: { ...remote(), ...(given.branch && { branch: given.branch }) },
        pusherOf: () => ok(PUSHER),
        limits: {
          ...DEFAULT_REMOTE_LIMITS,
          ...(given.maxBytes !== undefined && { maxBytes: given.maxBytes }),
        },
        ...(given.path !== undefined && { path: given.path }),
        demandsHistory: given.demandsHistory === true,
      },
      deps,
    );
  const repository = () => deps.repositories.pathOf('shop');
  const git = (...args: string[]) =>
    execFileSync('git', [`--git-dir=${repository()}`, ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const packs = () =>
    readdirSync(join(repository(), 'objects/pack')).filter(name =>
      name.endsWith('.pack'),
    );

  /** Every file of the app's repository, with its size. */
  function sizes(): Record<string, number> {
    const files = readdirSync(repository(), { recursive: true }) as string[];
    return Object.fromEntries(
      files
        .sort()
        .map(file => [file, statSync(join(repository(), file))] as const)
        .filter(([, state]) => state.isFile())
        .map(([file, { size }]) => [file, size]),
    );
  }

  /** Takes the place of the judgement, which goes on afterwards. */
  function whileJudged(action: (push: PushedFiles) => void): void {
    const judge = record.checkPush.bind(record);
    record.checkPush = async push => {
      action(push);
      return judge(push);
    };
  }

  it('brings what is new as one pack, and only what is new', async () => {
    commit({ 'score.yaml': 'a: 1\n', 'large.bin': large() });
    const first = commit({ 'small.txt': '1' });
    expect(await pull()).toMatchObject({
      ok: true,
      value: { commit: first, head: first },
    });
    expect(packs()).toHaveLength(1);
    const before = sizes();
    const second = commit({ 'small.txt': '2' });
    expect(await pull()).toMatchObject({ value: { head: second } });
    expect(await deps.repositories.readHead('shop')).toBe(second);
    const grown = sumOf(sizes()) - sumOf(before);
    expect(grown).toBeGreaterThan(0);
    expect(grown).toBeLessThan(20_000);
    expect(git('fsck', '--strict', '--no-dangling')).toBe('');
    execFileSync('git', ['clone', '--quiet', repository(), `${folder}/clone`]);
    expect(existsSync(`${folder}/clone/large.bin`)).toBe(true);
  });

  it.each([undefined, 'api'])(
    'leaves the repository as large as before when a commit is refused, with folder %s',
    async path => {
      const at = (name: string) => (path ? `${path}/${name}` : name);
      commit({ [at('score.yaml')]: 'a: 1\n' });
      expect(await pull({ path })).toMatchObject({ ok: true });
      const before = sizes();
      record.checkPush = async () =>
        failed({ ...REFUSED, code: 'score-invalid' });
      commit({ [at('large.bin')]: large() });
      for (let times = 0; times < 2; times += 1) {
        expect(await pull({ path })).toMatchObject({
          problem: { code: 'score-invalid' },
        });
        expect(sizes()).toEqual(before);
      }
    },
  );

  it('leaves no repository of an app that is refused', async () => {
    commit({ 'large.bin': large() });
    expect(await pull()).toMatchObject({ problem: { code: 'score-missing' } });
    expect(existsSync(repository())).toBe(false);
  });

  it('takes no space where the folder that is the app did not change', async () => {
    commit({ 'api/score.yaml': 'a: 1\n' });
    await pull({ path: 'api' });
    const before = sizes();
    commit({ 'other/large.bin': large() });
    expect(await pull({ path: 'api' })).toMatchObject({ ok: true });
    expect(sizes()).toEqual(before);
  });

  it('shows nobody what is not judged yet', async () => {
    const first = commit({ 'score.yaml': 'a: 1\n' });
    const seen: string[] = [];
    whileJudged(({ revision }) => {
      seen.push(revision.commit);
      expect(() => git('cat-file', '-e', revision.commit)).toThrow();
      expect(git('for-each-ref')).toBe('');
    });
    await pull();
    expect(seen).toEqual([first]);
    expect(git('cat-file', '-t', first)).toBe('commit');
  });

  it('keeps what somebody else released meanwhile', async () => {
    const first = commit({ 'score.yaml': 'a: 1\n' });
    await pull();
    const second = commit({ 'score.yaml': 'a: 2\n' });
    await pull();
    commit({ 'score.yaml': 'a: 3\n' });
    whileJudged(() => git('update-ref', 'refs/heads/main', first));
    expect(await pull()).toMatchObject({ problem: { code: 'branch-moved' } });
    expect(await deps.repositories.readHead('shop')).toBe(first);
    expect(git('cat-file', '-t', second)).toBe('commit');
    expect(git('fsck', '--strict', '--no-dangling')).toBe('');
  });

  it('refuses more than is allowed, and takes what is smaller afterwards', async () => {
    commit({ 'score.yaml': 'a: 1\n' });
    await pull();
    const before = sizes();
    commit({ 'large.bin': large() });
    expect(await pull({ maxBytes: 1_000_000 })).toMatchObject({
      problem: { code: 'source-too-large' },
    });
    expect(sizes()).toEqual(before);
    const small = commit({ 'large.bin': 'small' });
    expect(await pull({ maxBytes: 1_000_000 })).toMatchObject({
      value: { head: small },
    });
  });

  it('stops where the disk has no space for it, and goes on once it has', async () => {
    commit({ 'score.yaml': 'a: 1\n' });
    await pull();
    const before = sizes();
    const next = commit({ 'large.bin': large() });
    let asked = 0;
    free = () => (asked++ === 0 ? Infinity : 0); // full once git fetches
    expect(await pull()).toMatchObject({
      problem: { code: 'disk-nearly-full', transient: true },
    });
    expect(sizes()).toEqual(before);
    free = () => Infinity;
    expect(await pull()).toMatchObject({ value: { head: next } });
  });

  it('removes what a killed fetch left, once it cannot be under way any more', async () => {
    commit({ 'score.yaml': 'a: 1\n' });
    await pull();
    const before = sizes();
    commit({ 'score.yaml': '', 'large.bin': large() });
    await fetchBranch('shop', remote(), deps.repositories); // and nobody forgets it
    expect(sumOf(sizes()) - sumOf(before)).toBeGreaterThan(LARGE_BYTES / 2);
    const now = Date.now();
    expect(await sweepFetched(deps, new Date(now))).toBe(0);
    const later = new Date(now + 16 * MINUTE_MS);
    const unlock = await deps.locks.acquire('shop');
    expect(await sweepFetched(deps, later)).toBe(0);
    unlock();
    expect(await sweepFetched(deps, later)).toBe(1);
    expect(sizes()).toEqual(before);
  });

  it('is taken up again where it was killed before the branch moved', async () => {
    const first = commit({ 'score.yaml': 'a: 1\n' });
    await pull();
    const second = commit({ 'score.yaml': 'a: 2\n', 'large.bin': large() });
    const killed = await fetchBranch('shop', remote(), deps.repositories);
    if (killed.ok) await killed.value.keep();
    expect(await deps.repositories.readHead('shop')).toBe(first);
    expect(await pull()).toMatchObject({ value: { head: second } });
    await sweepFetched(deps, new Date(Date.now() + 16 * MINUTE_MS));
    expect(packs()).toHaveLength(2);
    expect(git('fsck', '--strict', '--no-dangling')).toBe('');
  });

  describe('for an app that was pushed to here', () => {
    const pushHere = (text: string) =>
      pushFiles(
        {
          app: 'shop',
          files: { 'score.yaml': text },
          message: 'Here',
          author: { name: 'Ana', email: 'ana@example.com' },
          pusher: PUSHER,
          at: new Date('2026-11-20T10:00:00Z'),
        },
        deps,
      );
    /** Moves it: all that the app has, to the repository elsewhere. */
    const move = () => {
      git(
        'push',
        '--quiet',
        host.folderOf('acme/shop'),
        'main:refs/heads/moved',
      );
      host.switchTo('acme/shop', 'moved');
    };

    it('takes a repository that has its history, and goes on with it', async () => {
      await pushHere('a: 1\n');
      const here = await deps.repositories.readHead('shop');
      move();
      const moved = { branch: 'moved' };
      expect(await pull({ demandsHistory: true, ...moved })).toMatchObject({
        value: { head: here },
      });
      for (const text of ['a: 2\n', 'a: 3\n'])
        host.commit('acme/shop', { 'score.yaml': text }, moved);
      const last = host.commit('acme/shop', { 'a.txt': '' }, moved);
      expect(await pull({ demandsHistory: true, ...moved })).toMatchObject({
        value: { head: last },
      });
      const next = host.commit('acme/shop', { 'b.txt': '' }, moved);
      expect(await pull(moved)).toMatchObject({ value: { head: next } });
      expect(git('log', '--format=%H', 'main').split('\n')).toEqual([
        next, // its parent is known here, that one's is not: one commit at a time is fetched
        last,
      ]);
      expect(git('fsck', '--strict', '--no-dangling')).toBe('');
    });

    it('keeps its history whole where each commit is fetched', async () => {
      await pushHere('a: 1\n');
      const here = await deps.repositories.readHead('shop');
      move();
      const next = host.commit(
        'acme/shop',
        { 'a.txt': '' },
        { branch: 'moved' },
      );
      await pull({ demandsHistory: true, branch: 'moved' });
      expect(git('log', '--format=%H', 'main').split('\n')).toEqual([
        next,
        here,
      ]);
      expect(await deps.repositories.isOnMain('shop', here!)).toBe(true);
    });

    it('refuses one that lacks it, says how to bring it there, and changes nothing', async () => {
      await pushHere('a: 1\n');
      const here = await deps.repositories.readHead('shop');
      const before = sizes();
      commit({ 'score.yaml': 'a: 9\n' });
      expect(await pull({ demandsHistory: true })).toMatchObject({
        problem: {
          code: 'source-history-missing',
          why: expect.stringContaining(here!.slice(0, 7)),
          next: expect.stringContaining(`git push ${remote().url} --all`),
        },
      });
      expect(sizes()).toEqual(before);
      move(); // on any branch
      const head = commit({ 'score.yaml': 'a: 10\n' });
      expect(await pull({ demandsHistory: true })).toMatchObject({
        value: { head },
      });
    });

    it('counts no commit that stands for what was built elsewhere', async () => {
      commit({ 'score.yaml': 'a: 1\n' });
      await pull();
      await pushRelease(
        {
          app: 'shop',
          files: { 'score.yaml': 'a: 2\n' },
          message: 'Built elsewhere',
          author: { name: 'CI', email: 'ci@example.com' },
          pusher: PUSHER,
          at: new Date('2026-11-20T10:00:00Z'),
          elsewhere: { images: {}, origin: { commit: '1a2b3c4' } },
        },
        deps,
      );
      const head = commit({ 'score.yaml': 'a: 3\n' });
      expect(await pull({ demandsHistory: true })).toMatchObject({
        value: { head },
      });
    });
  });
});

function sumOf(files: Record<string, number>): number {
  return Object.values(files).reduce((sum, size) => sum + size, 0);
}
