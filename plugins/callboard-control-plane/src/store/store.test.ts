import type { Problem } from '@callboard/plugin-callboard-common';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  type DeploymentState,
  LeaseLostError,
  appendJournal,
  checkFence,
  closeDeployment,
  findApps,
  findBuild,
  findContacts,
  findDeployment,
  findDeployments,
  findEnvironmentReleases,
  findHeartbeats,
  findLastChanges,
  findNewestBuilds,
  findNewestSpecs,
  findNextBuild,
  findObservations,
  findPlatformFiles,
  findReleaseHeads,
  findReleases,
  findRevision,
  finishBuild,
  insertBuild,
  insertRelease,
  insertRevision,
  listJournal,
  migrateStore,
  releaseLeases,
  renewLeases,
  saveApp,
  saveContact,
  saveDeployment,
  saveHeartbeats,
  saveObservations,
  savePlatformFiles,
  setEnvironmentRelease,
  takeLease,
  verifyJournal,
} from '.';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = new Date('2026-11-20T10:00:00Z');
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000);

const STATE: DeploymentState = {
  desiredRelease: 1,
  sync: 'Synced',
  health: {
    status: 'Healthy',
    reason: 'AllHealthy',
    message: '1 of 1 instance is ready',
  },
  instances: { ready: 1, wanted: 1 },
  urls: ['http://localhost:30001'],
  parts: [],
  drift: [],
  findings: [],
  inventory: {},
};

describe.each(databases.eachSupportedId())('the record on %s', id => {
  let knex: Knex;
  const inTx = <T>(work: (tx: Knex.Transaction) => Promise<T>) =>
    knex.transaction(work);

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  });

  it('is migrated at every start, by several processes at once where there can be several', async () => {
    const other = await databases.init(id);
    await Promise.all(
      id === 'SQLITE_3'
        ? [migrateStore(other)]
        : [migrateStore(other), migrateStore(other)],
    );
    await migrateStore(other);
    expect(await findApps(other)).toEqual([]);
  });

  describe('facts over time', () => {
    const key = {
      kind: 'app',
      app: 'shop',
      environment: 'dev',
      cluster: 'eu-1',
    } as const;
    const save = (state: DeploymentState, seconds: number) =>
      inTx(tx => saveDeployment(tx, { key, name: 'shop', state }, at(seconds)));

    it('are closed and never rewritten: each instant shows what held then', async () => {
      expect(await save(STATE, 10)).toBe(true);
      expect(await save({ ...STATE, desiredRelease: 2 }, 20)).toBe(true);
      await inTx(tx => closeDeployment(tx, key, at(30)));
      expect(await save({ ...STATE, desiredRelease: 3 }, 40)).toBe(true);

      const releaseAt = async (seconds: number) =>
        (await findDeployment(knex, key, at(seconds)))?.state.desiredRelease ??
        'none';
      expect([
        await releaseAt(9),
        await releaseAt(10),
        await releaseAt(19),
        await releaseAt(20),
        await releaseAt(29),
        await releaseAt(30),
        await releaseAt(40),
        await releaseAt(99),
      ]).toEqual(['none', 1, 1, 2, 2, 'none', 3, 3]);
      expect((await findDeployment(knex, key))?.state.desiredRelease).toBe(3);
    });

    it('are not written again when they hold already', async () => {
      expect(await save({ ...STATE, desiredRelease: 3 }, 50)).toBe(false);
      expect((await findDeployment(knex, key))?.since).toEqual(at(40));
    });

    it('keep their order when the clock stands still or goes back', async () => {
      for (const release of [4, 5, 6])
        await save({ ...STATE, desiredRelease: release }, 35);
      expect((await findDeployment(knex, key))?.state.desiredRelease).toBe(6);
      const rows = await knex('deployments')
        .where({ subject: 'app/shop/dev/eu-1' })
        .orderBy('valid_from');
      const bounds = rows.map(row => [
        Number(row.valid_from),
        row.valid_to === null ? undefined : Number(row.valid_to),
      ]);
      const isOrdered = bounds.every(
        ([from, to], index) =>
          (to ?? Infinity) > from! &&
          (index === 0 || from! >= bounds[index - 1][1]!),
      );
      expect(isOrdered).toBe(true);
    });

    it('are found by app and by cluster, blueprints among them', async () => {
      const blueprint = { kind: 'blueprint', cluster: 'eu-1' } as const;
      await inTx(tx =>
        saveDeployment(
          tx,
          { key: blueprint, name: 'golden', state: STATE },
          at(10),
        ),
      );
      expect(
        (await findDeployments(knex, { app: 'shop' })).map(
          ({ key: { kind } }) => kind,
        ),
      ).toEqual(['app']);
      expect(
        (await findDeployments(knex, { cluster: 'eu-1' })).map(
          ({ name }) => name,
        ),
      ).toEqual(['shop', 'golden']);
      expect(await findDeployments(knex, { cluster: 'us-1' })).toEqual([]);
    });

    it('costs a read of the past no more than the subjects there are, however long the history', async () => {
      await knex('apps').insert(
        Array.from({ length: 200 }, (_, n) => ({
          subject: 'old',
          name: 'old',
          title: `title ${n}`,
          owner: 'user:default/ana',
          created_at: 0,
          valid_from: n * 10,
          valid_to: n * 10 + 10,
        })),
      );
      await knex('subjects').insert({
        fact: 'apps',
        subject: 'old',
        app: 'old',
      });
      expect((await findApps(knex, new Date(1234)))[0].title).toBe('title 123');
      expect((await findApps(knex)).map(({ name }) => name)).not.toContain(
        'old',
      );
    });
  });

  describe('pushes', () => {
    const revision = (commit: string, seconds: number) => ({
      app: 'mail',
      commit,
      message: `commit ${commit}`,
      author: 'Ana <ana@example.com>',
      pushedBy: 'user:default/ana',
      pushedAt: at(seconds),
      spec: { workloads: [] },
    });

    it('become revisions, builds in their order, and numbered releases; the same push only once', async () => {
      await inTx(async tx => {
        for (const [commit, seconds] of [
          ['a', 1],
          ['b', 2],
        ] as const) {
          const position = await insertRevision(tx, revision(commit, seconds), {
            isHead: true,
          });
          await insertBuild(tx, {
            app: 'mail',
            commit,
            position: position!,
            builder: 'bundle',
            requestedAt: at(seconds),
          });
        }
        const late = { isHead: false };
        expect(
          await insertRevision(tx, revision('a', 3), late),
        ).toBeUndefined();
        expect(
          await insertRevision(tx, revision('b', 3), { isHead: true }),
        ).toBeUndefined();
      });
      expect((await findNextBuild(knex, 'mail'))?.commit).toBe('a');
      const release = (commit: string, position: number, seconds: number) =>
        inTx(tx =>
          insertRelease(tx, {
            app: 'mail',
            commit,
            position,
            message: `commit ${commit}`,
            author: 'Ana <ana@example.com>',
            createdBy: 'user:default/ana',
            createdAt: at(seconds),
            renderer: 1,
            content: {
              workloads: [],
              images: { web: { main: 'x' } },
              files: {},
            },
          }),
        );
      expect([
        await release('a', 1, 5),
        await release('b', 2, 6),
        await release('a', 1, 7),
      ]).toEqual([1, 2, 1]);
      expect(
        (await findReleases(knex, 'mail')).map(({ number }) => number),
      ).toEqual([2, 1]);
      expect(
        (await findReleases(knex, 'mail', { before: 2, limit: 5 })).map(
          ({ number }) => number,
        ),
      ).toEqual([1]);
      expect(
        (await findReleases(knex, 'mail', { at: at(5) })).map(
          ({ number }) => number,
        ),
      ).toEqual([1]);
      expect([
        ...(await findReleaseHeads(knex, [{ app: 'mail', number: 2 }])).keys(),
      ]).toEqual(['mail/2']);
      expect([
        ...(await findNewestSpecs(knex, { app: 'mail' })).keys(),
      ]).toEqual(['mail']);
    });

    it('end a build once; before it ended it had not ended', async () => {
      const problem: Problem = {
        code: 'build-broken',
        what: 'w',
        why: 'y',
        next: 'n',
        transient: false,
      };
      const finish = (state: 'failed' | 'succeeded') =>
        inTx(tx =>
          finishBuild(
            tx,
            { app: 'mail', position: 2 },
            { state, problem, at: at(9) },
          ),
        );
      expect([await finish('failed'), await finish('succeeded')]).toEqual([
        true,
        false,
      ]);
      expect((await findBuild(knex, 'mail', 'b'))?.state).toBe('failed');
      expect(
        (await findNewestBuilds(knex, { app: 'mail', at: at(8) })).get('mail')
          ?.state,
      ).toBe('pending');
      expect(
        (await findNewestBuilds(knex, { app: 'mail', at: at(9) })).get('mail')
          ?.state,
      ).toBe('failed');
    });

    it('move back to a commit as another revision, build and release', async () => {
      await inTx(async tx => {
        const again = revision('a', 11);
        expect(await insertRevision(tx, again, { isHead: true })).toBe(3);
        await insertBuild(tx, {
          app: 'mail',
          commit: 'a',
          position: 3,
          builder: 'bundle',
          requestedAt: at(11),
        });
        expect(
          await insertRevision(tx, again, { isHead: true }),
        ).toBeUndefined();
      });
      expect((await findBuild(knex, 'mail', 'a'))?.position).toBe(3);
      expect((await findRevision(knex, 'mail', 'a'))?.position).toBe(3);
      const newest = (await findNewestBuilds(knex, { app: 'mail' })).get(
        'mail',
      );
      expect(newest).toMatchObject({ position: 3, state: 'pending' });
      await inTx(async tx => {
        await finishBuild(tx, newest!, { state: 'succeeded', at: at(12) });
        expect(
          await insertRelease(tx, {
            ...(await findReleases(tx, 'mail', { commit: 'a' }))[0],
            position: 3,
            createdAt: at(12),
          }),
        ).toBe(3);
      });
      const ofA = await findReleases(knex, 'mail', { commit: 'a' });
      expect(ofA.map(({ number }) => number)).toEqual([3, 1]);
    });

    it('move the release of an environment', async () => {
      const want = (release: number, seconds: number) =>
        inTx(tx =>
          setEnvironmentRelease(
            tx,
            {
              app: 'mail',
              environment: 'dev',
              release,
              by: 'user:default/ana',
            },
            at(seconds),
          ),
        );
      expect(await want(1, 10)).toEqual({ changed: true, change: 'newer' });
      expect(await want(2, 20)).toEqual({
        changed: true,
        before: 1,
        change: 'newer',
      });
      expect(await want(2, 30)).toEqual({ changed: false, before: 2 });
      expect(
        (await findEnvironmentReleases(knex, { app: 'mail', at: at(15) })).map(
          ({ release }) => release,
        ),
      ).toEqual([1]);
      expect(
        (await findEnvironmentReleases(knex, { app: 'mail' })).map(
          ({ release }) => release,
        ),
      ).toEqual([2]);
    });
  });

  describe('leases', () => {
    const take = (name: string, holder: string, seconds: number) =>
      takeLease(knex, { name, holder, now: at(seconds), ttlMs: 10_000 });

    it('are held by one, and by the next when they have run out', async () => {
      expect(await take('cluster/eu-1', 'a', 0)).toEqual({
        lease: 'cluster/eu-1',
        token: 1,
      });
      expect(await take('cluster/eu-1', 'b', 9)).toBeUndefined();
      expect(await take('cluster/eu-1', 'b', 10)).toEqual({
        lease: 'cluster/eu-1',
        token: 2,
      });
    });

    it('refuse the late write of who held them before', async () => {
      const write = (token: number) =>
        inTx(async tx => {
          await checkFence(tx, { lease: 'cluster/eu-1', token });
          await saveHeartbeats(tx, [{ cluster: 'eu-1', seenAt: at(token) }]);
        });
      await expect(write(1)).rejects.toThrow(LeaseLostError);
      await write(2);
      expect((await findHeartbeats(knex)).get('eu-1')).toEqual(at(2));
    });

    it('are renewed and given back together', async () => {
      await take('cluster/us-1', 'b', 10);
      const renewed = await renewLeases(knex, {
        holder: 'b',
        now: at(15),
        ttlMs: 10_000,
      });
      expect(renewed.map(({ lease }) => lease).sort()).toEqual([
        'cluster/eu-1',
        'cluster/us-1',
      ]);
      await releaseLeases(knex, 'b', ['cluster/us-1']);
      expect(await take('cluster/us-1', 'a', 15)).toEqual({
        lease: 'cluster/us-1',
        token: 2,
      });
    });

    it('are taken by one of many who want them at once', async () => {
      const got = await Promise.all(
        ['a', 'b', 'c', 'd'].map(holder => take('deciding', holder, 0)),
      );
      expect(got.filter(fence => fence !== undefined)).toHaveLength(1);
    });
  });

  describe('the journal', () => {
    const entry = (message: string, app?: string) => ({
      at: T0,
      actor: 'user:default/ana',
      action: 'app.created',
      ...(app && { app }),
      message,
    });

    it('chains its entries, in one order for all writers', async () => {
      await Promise.all(
        ['one', 'two', 'three'].map(message =>
          inTx(tx => appendJournal(tx, [entry(message, 'shop')])),
        ),
      );
      await inTx(tx =>
        appendJournal(tx, [entry('four'), entry('five', 'mail')]),
      );
      const entries = await listJournal(knex, { limit: 10 });
      expect(entries.map(({ sequence }) => sequence)).toEqual([5, 4, 3, 2, 1]);
      expect(
        (await listJournal(knex, { app: 'shop', before: 3, limit: 10 })).map(
          ({ sequence }) => sequence,
        ),
      ).toEqual([2, 1]);
      expect((await findLastChanges(knex)).get('shop')?.sequence).toBe(3);
      expect(await verifyJournal(knex)).toBeUndefined();
    });

    it('is filtered by who acted and by what it is about', async () => {
      const numbersOf = async (filter: object) =>
        (await listJournal(knex, { limit: 10, ...filter })).map(
          ({ message }) => message,
        );
      expect(await numbersOf({ actor: 'user:default/nobody' })).toEqual([]);
      expect(await numbersOf({ subjects: ['release', 'rollout'] })).toEqual([]);
      expect(await numbersOf({ subjects: ['app'], app: 'mail' })).toEqual([
        'five',
      ]);
      expect(await numbersOf({ onlyApps: ['mail'] })).toContain('five');
      expect(await numbersOf({ onlyApps: ['mail'], app: 'shop' })).toEqual([]);
      expect(await numbersOf({ onlyApps: [], app: 'mail' })).toEqual([]);
    });

    it('shows where it was changed or cut', async () => {
      await knex('journal')
        .where({ sequence: 2 })
        .update({ message: 'something else' });
      expect(await verifyJournal(knex)).toBe(2);
      await knex('journal').where({ sequence: 2 }).delete();
      expect(await verifyJournal(knex)).toBe(2);
    });

    it('is undone with the change it tells of', async () => {
      const failing = inTx(async tx => {
        await appendJournal(tx, [entry('never')]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect((await listJournal(knex, { limit: 1 }))[0].message).not.toBe(
        'never',
      );
    });
  });

  it('keeps what a watch saw together with where it resumes', async () => {
    const digest = (name: string) => ({
      ref: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop--dev', name },
      uid: name,
      resourceVersion: '7',
      deployment: 'app/shop/dev/eu-1',
      terminating: false,
      drift: [],
    });
    await inTx(tx =>
      saveObservations(tx, 'eu-1', {
        changed: [digest('a'), digest('b')],
        gone: [],
        cursors: { 'v1/Pod': '7' },
      }),
    );
    await inTx(tx =>
      saveObservations(tx, 'eu-1', {
        changed: [{ ...digest('a'), resourceVersion: '9' }],
        gone: ['v1/Pod/shop--dev/b'],
        cursors: { 'v1/Pod': '9' },
      }),
    );
    const kept = await findObservations(knex, 'eu-1');
    expect(
      kept.digests.map(
        ({ uid, resourceVersion }) => `${uid}@${resourceVersion}`,
      ),
    ).toEqual(['a@9']);
    expect(kept.cursors).toEqual({ 'v1/Pod': '9' });
  });

  it('remembers contact and platform as they were', async () => {
    await inTx(tx => saveContact(tx, 'eu-1', { state: 'live', at: at(0) }));
    await inTx(tx =>
      saveContact(tx, 'eu-1', {
        state: 'lost',
        at: at(60),
        lastSeenAt: at(45),
      }),
    );
    expect((await findContacts(knex, at(30))).get('eu-1')).toEqual({
      state: 'live',
      since: at(0),
    });
    expect((await findContacts(knex)).get('eu-1')).toEqual({
      state: 'lost',
      since: at(60),
      lastSeenAt: at(45),
    });

    const environment = {
      apiVersion: 'callboard.dev/v1alpha1' as const,
      kind: 'Environment' as const,
      metadata: { name: 'dev' },
      spec: { order: 1, placement: {} },
    };
    expect(
      await inTx(tx =>
        savePlatformFiles(
          tx,
          { environments: [environment], blueprints: [] },
          at(0),
        ),
      ),
    ).toEqual(['Environment/dev']);
    expect(
      await inTx(tx =>
        savePlatformFiles(tx, { environments: [], blueprints: [] }, at(10)),
      ),
    ).toEqual(['Environment/dev']);
    expect((await findPlatformFiles(knex, at(5))).environments).toEqual([
      environment,
    ]);
    expect((await findPlatformFiles(knex)).environments).toEqual([]);
  });

  it('holds an app once', async () => {
    const app = {
      name: 'shop',
      title: 'Shop',
      owner: 'user:default/ana',
      createdAt: T0,
    };
    expect(await inTx(tx => saveApp(tx, app, T0))).toBe(true);
    expect(await inTx(tx => saveApp(tx, app, at(1)))).toBe(false);
    expect(await findApps(knex)).toEqual([app]);
  });
});
