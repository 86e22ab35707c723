import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed } from '@callboard/plugin-callboard-common';
import { AppLocks, type JudgedPush } from '@callboard/plugin-callboard-node';
import { GitRepositories } from '../GitRepositories';
import { MemoryRecord, REFUSED } from './__testUtils__/MemoryRecord';
import { type FilesToPush, pushFiles, pushRelease } from './pushFiles';
import { PushIntents } from './PushIntents';
import type { PushDeps } from './pushDeps';
import { setAsideDeleted, sweepDeleted } from './setAsideDeleted';
import { settlePush } from './settlePush';
import { sweepPushes } from './sweepPushes';

const AT = new Date('2026-11-20T10:00:00Z');
describe('pushes', () => {
  let folder: string;
  let record: MemoryRecord;
  let deps: PushDeps;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-pushes-'));
    const repositories = await GitRepositories.open({ folder });
    record = new MemoryRecord();
    deps = {
      repositories,
      intents: new PushIntents(repositories),
      locks: new AppLocks(),
      record,
    };
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const FIRST: FilesToPush = {
    app: 'shop',
    files: { 'score.yaml': 'a: 1\n' },
    message: 'First',
    author: { name: 'Ana', email: 'ana@example.com' },
    pusher: {
      actor: 'user:default/ana',
      owner: 'user:default/ana',
      ownershipRefs: ['user:default/ana'],
    },
    at: AT,
  };
  const push = (given: Partial<FilesToPush> = {}) =>
    pushFiles({ ...FIRST, ...given }, deps);
  const release = (key: string, digest = 'd') =>
    pushRelease(
      {
        ...FIRST,
        files: { 'score.yaml': 'a: 2\n' },
        elsewhere: {
          images: { web: 'x' },
          origin: { commit: '1a2b3c4' },
          request: { key, digest },
        },
      },
      deps,
    );

  it('brings the files of a release in the place of those before, once for a request', async () => {
    await push({ files: { 'score.yaml': 'a: 1\n', 'old.txt': '' } });
    const [first, again] = await Promise.all([release('k'), release('k')]);
    expect(first).toEqual({ ok: true, value: expect.anything() });
    const head = await deps.repositories.readHead('shop');
    for (const each of [first, again])
      expect(each).toMatchObject({ value: { commit: head } });
    expect(await deps.repositories.listFiles('shop', head!)).toEqual({
      ok: true,
      value: ['score.yaml'],
    });
    expect(await release('k', 'other')).toMatchObject({
      problem: { code: 'idempotency-key-reused' },
    });
    expect(record.recorded).toHaveLength(2);
    expect(await release('l')).toMatchObject({ ok: true });
    expect(record.recorded).toHaveLength(3);
  });

  it('records a release that was cut short when its request comes again', async () => {
    record.broken = true;
    expect(await release('k')).toMatchObject({
      problem: { code: 'database-unavailable' },
    });
    const head = await deps.repositories.readHead('shop');
    record.broken = false;
    expect(await release('k')).toEqual({
      ok: true,
      value: { commit: head, warnings: [] },
    });
    expect(record.recorded).toMatchObject([
      { revision: { commit: head }, elsewhere: { request: { key: 'k' } } },
    ]);
    expect(record.judged).toBe(1);
    expect(await deps.intents.list('shop')).toEqual([]);
  });

  it('creates an app from files and records it once', async () => {
    const result = await push();
    const commit = await deps.repositories.readHead('shop');
    expect(result).toMatchObject({
      ok: true,
      value: { commit, created: true },
    });
    expect(record.recorded).toMatchObject([
      {
        actor: 'user:default/ana',
        revision: { commit, message: 'First' },
        accepted: { workloads: ['a: 1\n'] },
      },
    ]);
    expect(await deps.intents.list('shop')).toEqual([]);
    expect(await push()).toMatchObject({ problem: { code: 'app-exists' } });
    expect(deps.locks.isTaken('shop')).toBe(false);
  });

  it('leaves nothing behind when it is refused', async () => {
    expect(await push({ files: { 'README.md': '' } })).toMatchObject({
      problem: { code: 'score-missing' },
    });
    expect(await deps.repositories.list()).toEqual([]);
  });

  it('lets one of two people have the name', async () => {
    const bo = {
      actor: 'user:default/bo',
      owner: 'user:default/bo',
      ownershipRefs: ['user:default/bo'],
    };
    const results = await Promise.all([push(), push({ pusher: bo })]);
    expect(
      results.map(result => (result.ok ? 'created' : result.problem.code)),
    ).toEqual(['created', 'app-exists']);
    expect(record.recorded).toHaveLength(1);
  });

  it('tells the record that a push settled late is not the head of main', async () => {
    await push();
    const first = await deps.repositories.readHead('shop');
    const next = await deps.repositories.stageCommit('shop', {
      files: { 'score.yaml': 'a: 2\n' },
      message: 'Second',
      author: { name: 'Ana', email: 'ana@example.com' },
      at: AT,
    });
    if (!next.ok) throw new Error(next.problem.why);
    const moved = await deps.repositories.moveMain('shop', next.value, first);
    expect(moved.ok).toBe(true);
    const [judged] = record.recorded;
    for (const late of [first!, next.value])
      await settlePush(
        { ...judged, revision: { ...judged.revision, commit: late } },
        deps,
      );
    expect(
      record.recorded.map(({ revision, isHead }) => [revision.commit, isHead]),
    ).toEqual([
      [first, true],
      [first, false],
      [next.value, true],
    ]);
  });

  describe('that nobody could record when they came', () => {
    const messages = ['One', 'Two', 'Three', 'Four'];
    let judged: JudgedPush;
    let last: JudgedPush;
    /** As git makes it: what is staged from files has no parent. */
    const commitUpon = async (
      parent: string,
      files: Record<string, string>,
      message: string,
    ) => {
      const staged = await deps.repositories.stageCommit('shop', {
        files,
        message,
        author: { name: 'Ana', email: 'ana@example.com' },
        at: AT,
      });
      if (!staged.ok) throw new Error(staged.problem.why);
      const made = execFileSync(
        'git',
        ['commit-tree', `${staged.value}^{tree}`, '-p', parent, '-m', message],
        {
          cwd: deps.repositories.pathOf('shop'),
          encoding: 'utf8',
          env: {
            ...process.env,
            GIT_AUTHOR_NAME: 'Ana',
            GIT_AUTHOR_EMAIL: 'ana@example.com',
            GIT_COMMITTER_NAME: 'Ana',
            GIT_COMMITTER_EMAIL: 'ana@example.com',
          },
        },
      );
      return made.trim();
    };
    const pushAll = async () => {
      for (const [index, message] of messages.entries()) {
        const files = { 'score.yaml': `a: ${index}\n` };
        const base = await deps.repositories.readHead('shop');
        const commit = await commitUpon(base!, files, message);
        const pushed = {
          ...judged,
          revision: { ...judged.revision, commit, message },
        };
        await deps.intents.write(pushed);
        await deps.repositories.moveMain('shop', commit, base);
        last = pushed;
        if (message !== 'Four') await settlePush(pushed, deps);
      }
    };
    const order = () => record.recorded.map(each => each.revision.message);

    beforeEach(async () => {
      await push();
      [judged] = record.recorded;
      record.recorded = [];
      record.broken = true;
      await pushAll();
    });

    it('wait with the one that comes after them, and are recorded before it', async () => {
      expect((await settlePush(last, deps)).ok).toBe(false);
      record.broken = false;
      expect((await settlePush(last, deps)).ok).toBe(true);
      expect(order()).toEqual(messages);
      expect(await deps.intents.list('shop')).toEqual([]);
    });

    it('are swept in the order in which they came', async () => {
      record.broken = false;
      const { recorded } = await sweepPushes(deps);
      expect(recorded).toHaveLength(messages.length);
      expect(order()).toEqual(messages);
    });
  });

  it('records what moved without being recorded, and forgets what never moved', async () => {
    record.broken = true;
    expect(await push()).toMatchObject({
      problem: { code: 'database-unavailable' },
    });
    const commit = await deps.repositories.readHead('shop');
    const [kept] = await deps.intents.list('shop');
    if (kept.kind !== 'judged') throw new Error('It was judged');
    await deps.intents.write({
      ...kept.push,
      revision: { ...kept.push.revision, commit: 'f'.repeat(40) },
    });

    expect(await sweepPushes(deps)).toMatchObject({
      recorded: [],
      failed: [{ app: 'shop', commit }],
    });
    record.broken = false;
    expect(await sweepPushes(deps)).toEqual({
      recorded: [`shop@${commit}`],
      failed: [],
    });
    expect(await sweepPushes(deps)).toEqual({ recorded: [], failed: [] });
    expect(record.recorded).toHaveLength(1);
    expect(await deps.intents.list('shop')).toEqual([]);
  });

  it('records a push as it was judged, whatever would be said of it later', async () => {
    record.broken = true;
    await push();
    record.broken = false;
    record.checkPush = async () =>
      failed({ ...REFUSED, code: 'score-invalid' });
    expect(await sweepPushes(deps)).toMatchObject({ failed: [] });
    expect(record.recorded).toMatchObject([
      { app: 'shop', title: 'shop', accepted: { workloads: ['a: 1\n'] } },
    ]);
  });

  it('judges what an earlier version kept without its judged value', async () => {
    record.broken = true;
    await push();
    record.broken = false;
    const [{ commit }] = await deps.intents.list('shop');
    const kept = join(deps.repositories.pathOf('shop'), 'callboard-pushes');
    await writeFile(
      join(kept, `${commit}.json`),
      JSON.stringify({
        actor: 'user:default/ana',
        owner: 'user:default/ana',
        ownershipRefs: ['user:default/ana'],
      }),
    );
    const judgedBefore = record.judged;
    expect(await sweepPushes(deps)).toMatchObject({
      recorded: [`shop@${commit}`],
    });
    expect(record.judged).toBe(judgedBefore + 1);
    expect(record.recorded).toMatchObject([{ actor: 'user:default/ana' }]);
  });

  it('puts the repository of a deleted app aside, and its name is free', async () => {
    await push();
    const deleted = new Set<string>();
    const known = {
      isDeleted: async (app: string) => deleted.has(app),
      now: () => AT,
    };
    expect(await setAsideDeleted('shop', deps, known)).toBe(false);
    deleted.add('shop').add('never-pushed');

    const end = await deps.repositories.acquire('shop'); // somebody pushes
    expect(await sweepDeleted([...deleted], deps, known)).toEqual([]);
    await end();
    expect(await sweepDeleted([...deleted], deps, known)).toEqual(['shop']);
    expect(await deps.repositories.readHead('shop')).toBeUndefined();
    expect(await readdir(join(folder, 'deleted'))).toEqual([
      `shop.${AT.getTime()}.git`,
    ]);
    expect(await push()).toMatchObject({ ok: true });
  });

  it('keeps the repository of a deleted app while a push to it is not recorded', async () => {
    record.broken = true;
    await push();
    const known = { isDeleted: async () => true, now: () => AT };
    expect(await setAsideDeleted('shop', deps, known)).toBe(false);
    expect(await deps.repositories.readHead('shop')).toBeDefined();
  });

  it('forgets a push whose app was deleted before it was recorded', async () => {
    record.broken = true;
    await push();
    record.broken = false;
    record.deleted = true;
    const known = { isDeleted: async () => true, now: () => AT };
    expect(await sweepPushes(deps)).toMatchObject({
      recorded: [],
      failed: [{ app: 'shop', problem: { code: 'app-deleted' } }],
    });
    expect(await sweepDeleted(['shop'], deps, known)).toEqual(['shop']);
  });
});
