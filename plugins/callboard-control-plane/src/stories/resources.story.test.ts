import { type EnvironmentFile } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import { findKeptData, saveKeptData } from '../store';

jest.setTimeout(120_000);

const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    variables:
      DATABASE_URL: \${resources.db.url}
      PGPASSWORD: \${resources.db.password}
resources:
  db: { type: postgres }
`;

/** A database, and a volume of its own. */
const STATEFUL = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    variables: { DATABASE_URL: '\${resources.db.url}' }
    volumes:
      /files: { source: '\${resources.files}' }
resources:
  db: { type: postgres }
  files: { type: volume }
`;

const ON = {
  app: 'shop',
  environment: 'live',
  actor: 'user:default/ana',
};

const KEEPING = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    volumes:
      /data: { source: '\${resources.data}' }
resources:
  data: { type: volume, params: { ephemeral: false } }
`;

const live = (numberOfClusters: number): EnvironmentFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: { order: 1, placement: { numberOfClusters } },
});

describe('an app with a database', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function start(clusters: string[], wanted: number): Promise<void> {
    fleet = await TestFleet.create({
      clusters,
      deps: { intervals: { resyncMs: 500 } },
    });
    fleet.platform = { ...fleet.platform, environments: [live(wanted)] };
    await fleet.settles();
  }

  const push = (text = SCORE, message = '') =>
    fleet.push('shop', { does: 'serve' }, { 'score.yaml': text, message });

  /** Values of the generated Secret on a cluster, by key. */
  function secretsOn(cluster: string): Record<string, string> {
    const secret = fleet
      .cluster(cluster)
      .dump()
      .find(({ metadata }) => metadata.name === 'callboard-secrets');
    return Object.fromEntries(
      Object.entries((secret?.data ?? {}) as Record<string, string>).map(
        ([key, value]) => [key, Buffer.from(value, 'base64').toString()],
      ),
    );
  }

  const placesOf = async () =>
    Object.keys(await fleet.healthOf('shop', 'live'));

  async function resources() {
    const listed = await fleet.controlPlane.listResources('shop', 'live');
    if (!listed.ok) throw new Error(listed.problem.why);
    return listed.value;
  }

  async function keptData() {
    const listed = await fleet.controlPlane.listKeptData({
      app: 'shop',
      actor: ON.actor,
    });
    if (!listed.ok) throw new Error(listed.problem.why);
    return listed.value;
  }

  /** Everything that the database holds, as text. */
  async function recorded(): Promise<string> {
    const tables: Array<{ name: string }> = await fleet
      .knex('sqlite_master')
      .where({ type: 'table' })
      .select('name');
    const rows = await Promise.all(
      tables.map(({ name }) => fleet.knex(name).select()),
    );
    return JSON.stringify(rows);
  }

  it('has one password on all its clusters, which no record, no page and no pusher reads', async () => {
    await start(['eu-1', 'us-1'], 2);
    const pushed = await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const [first, second] = [secretsOn('eu-1'), secretsOn('us-1')];
    expect(Object.keys(first)).toEqual([
      expect.stringMatching(/^web-db-[0-9a-f]{8}\.password$/),
    ]);
    const [password] = Object.values(first);
    expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(second).toEqual(first);

    const texts = [
      await recorded(),
      JSON.stringify(await fleet.app('shop')),
      pushed.lines.join(),
    ];
    for (const text of texts) {
      expect(text).not.toContain(password);
      expect(text).not.toContain(Buffer.from(password).toString('base64'));
    }
    const { clusters } = await fleet.environment('shop', 'live');
    expect(clusters.map(({ instances }) => instances)).toEqual([
      { ready: 1, wanted: 1 },
      { ready: 1, wanted: 1 },
    ]);
  });

  it('keeps it over releases, restarts and after somebody deleted it on one cluster', async () => {
    await start(['eu-1', 'us-1'], 2);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const before = secretsOn('eu-1');
    await fleet.restartControlPlane();
    await push(SCORE, 'again');
    await fleet.turns('shop', 'live', 'Healthy');
    expect(secretsOn('eu-1')).toEqual(before);

    const gone = await fleet.connect('us-1').remove({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: 'shop--live',
      name: 'callboard-secrets',
    });
    expect(gone.ok).toBe(true);
    await push(SCORE, 'once more'); // Secrets are not watched: the next release looks
    await fleet.turns('shop', 'live', 'Healthy');
    expect(secretsOn('us-1')).toEqual(before);
  });

  it('waits for the cluster that has it rather than be given another', async () => {
    await start(['eu-1', 'us-1'], 1);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const [home] = await placesOf();
    const other = home === 'eu-1' ? 'us-1' : 'eu-1';
    const kept = secretsOn(home);
    fleet.cluster(home).setPower(false);
    fleet.platform = { ...fleet.platform, environments: [live(2)] };
    await eventually(
      async () => {
        const { clusters } = await fleet.environment('shop', 'live');
        expect(
          clusters.find(({ cluster }) => cluster === other)?.health.message,
        ).toBe(
          `Cannot give "shop" its secrets on ${other} yet: ${home}, which may have them, cannot be asked`,
        );
      },
      { timeoutMs: 30_000 },
    );
    expect(secretsOn(other)).toEqual({});

    fleet.cluster(home).setPower(true);
    await eventually(() => expect(secretsOn(other)).toEqual(kept), {
      timeoutMs: 60_000,
    });
    await fleet.turns('shop', 'live', 'Healthy', 60_000);
  });

  /** The cluster that others are to get the password from first. */
  async function homeOfSecrets(): Promise<string> {
    const { home } = await fleet
      .knex('resource_secrets')
      .whereNull('valid_to')
      .first('home');
    return home;
  }

  it('gets its password from another cluster once the one that drew it is removed', async () => {
    await start(['ap-1', 'eu-1', 'us-1'], 2);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const home = await homeOfSecrets();
    const kept = secretsOn(home);
    fleet.register(home, false);
    const others = ['ap-1', 'eu-1', 'us-1'].filter(each => each !== home);
    await eventually(
      async () => {
        expect((await placesOf()).sort()).toEqual(others);
        for (const each of others) expect(secretsOn(each)).toEqual(kept);
      },
      { timeoutMs: 40_000 },
    );
    await fleet.turns('shop', 'live', 'Healthy');
  });

  it('says that nobody has its password where the only cluster with it is removed, and gets another when told to', async () => {
    await start(['eu-1', 'us-1'], 1);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const [home] = await placesOf();
    const other = home === 'eu-1' ? 'us-1' : 'eu-1';
    const kept = secretsOn(home);
    const [{ resource }] = await resources();
    fleet.register(home, false);
    await eventually(
      async () => {
        const { clusters, problem } = await fleet.environment('shop', 'live');
        expect(clusters).toMatchObject([
          {
            cluster: other,
            health: {
              status: 'Degraded',
              message: `Cannot give "shop" its secrets on ${other}: those of ${resource} were on ${home}, which is not registered any more`,
            },
          },
        ]);
        expect(problem).toMatchObject({
          code: 'secrets-lost',
          next: `Rotate them: new ones are made, for data that starts empty on ${other}; or register ${home} again, where they are with their data`,
        });
      },
      { timeoutMs: 40_000 },
    );
    expect(secretsOn(other)).toEqual({});

    const rotated = await fleet.controlPlane.rotateSecrets({
      app: 'shop',
      environment: 'live',
      resource,
      actor: 'user:default/ana',
    });
    expect(rotated).toMatchObject({ ok: true, value: { version: 2 } });
    await fleet.turns('shop', 'live', 'Healthy', 60_000);
    const [password] = Object.values(secretsOn(other));
    expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(secretsOn(home)).toEqual(kept);
  });

  it('draws on another cluster what one that was removed was to draw', async () => {
    await start(['eu-1', 'us-1'], 1);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const [home] = await placesOf();
    const other = home === 'eu-1' ? 'us-1' : 'eu-1';
    // As it is when a process ends after the cluster was chosen to draw.
    await fleet.knex('resource_secrets').update({ state: 'drawing' });
    fleet.cluster(home).setPower(false);
    fleet.register(home, false);
    await eventually(
      async () => {
        expect(await placesOf()).toEqual([other]);
        expect(Object.values(secretsOn(other))).toEqual([
          expect.stringMatching(/^[A-Za-z0-9]{32}$/),
        ]);
      },
      { timeoutMs: 40_000 },
    );
    await fleet.turns('shop', 'live', 'Healthy', 60_000);
    expect(await homeOfSecrets()).toBe(other);
  });

  it('has the password of its data again when the cluster that was removed comes back', async () => {
    await start(['eu-1', 'us-1'], 1);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const [home] = await placesOf();
    const kept = secretsOn(home);
    fleet.register(home, false);
    await eventually(
      async () => {
        const { problem } = await fleet.environment('shop', 'live');
        expect(problem?.code).toBe('secrets-lost');
      },
      { timeoutMs: 40_000 },
    );
    fleet.register(home, true);
    await fleet.turns('shop', 'live', 'Healthy', 60_000);
    for (const place of await placesOf())
      expect(secretsOn(place)).toEqual(kept);
  });

  it('keeps the data where an app leaves, and has it again where it comes back', async () => {
    await start(['eu-1', 'us-1'], 1);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const [home] = await placesOf();
    const other = home === 'eu-1' ? 'us-1' : 'eu-1';
    const kept = secretsOn(home);
    const [claim] = fleet.objects(home, 'PersistentVolumeClaim');
    expect(claim).toMatch(/^shop--live\/data-web-db-[0-9a-f]{8}-0$/);
    const schedule = (cluster: string, to: 'drain' | 'uncordon') =>
      fleet.controlPlane.scheduleCluster({
        cluster,
        to,
        actor: 'user:default/ana',
      });
    const movesTo = (cluster: string) =>
      eventually(
        async () => {
          expect(await placesOf()).toEqual([cluster]);
          expect(fleet.objects(cluster, 'StatefulSet')).toHaveLength(1);
        },
        { timeoutMs: 40_000 },
      );

    const dataLeft = async (kind: 'cordon' | 'drain' | 'lose') => {
      const asked = await fleet.controlPlane.askWhatIf({
        changes: [{ kind, cluster: home }],
      });
      return asked.ok && asked.value.data;
    };
    expect(await dataLeft('cordon')).toEqual([]);
    expect(await dataLeft('drain')).toEqual([
      {
        app: 'shop',
        environment: 'live',
        environmentTitle: 'live',
        cluster: home,
        resources: [{ name: 'db', type: 'postgres' }],
        sentence: `The data of db (postgres) stays on ${home} and is not copied: ${other} begins without it. Bring it by a dump and a restore, or let shop come back to ${home}, where it finds it again`,
        isListed: true,
        deletedBy: `kubectl --context ${home} delete namespace shop--live`,
      },
    ]);
    expect(await dataLeft('lose')).toMatchObject([
      {
        sentence: expect.stringMatching(/ begins without it\. Callboard does /),
      },
    ]);

    await schedule(home, 'drain');
    await movesTo(other);
    await eventually(
      () => expect(fleet.objects(home, 'StatefulSet')).toEqual([]),
      { timeoutMs: 20_000 },
    );
    expect(fleet.objects(home, 'Deployment')).toEqual([]);
    expect(fleet.objects(home, 'PersistentVolumeClaim')).toEqual([claim]);
    expect(secretsOn(home)).toEqual(kept);
    expect(secretsOn(other)).toEqual(kept);
    await eventually(async () => {
      const entries = await fleet.controlPlane.listJournal({ app: 'shop' });
      expect(entries.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(
          new RegExp(
            `was removed from ${home}; the data of web-db-[0-9a-f]{8} was kept there$`,
          ),
        ),
      );
    });

    expect(await keptData()).toMatchObject([
      {
        mayDelete: true,
        environmentTitle: 'live',
        cluster: home,
        resources: [{ name: 'db', type: 'postgres' }],
        sentence: `The data of db (postgres) stays on ${home}, where shop does not run any more. Where shop comes back to ${home}, it finds it again`,
      },
    ]);
    expect(
      await fleet.controlPlane.deleteData({ ...ON, cluster: other }),
    ).toMatchObject({ problem: { code: 'data-in-use' } });

    await schedule(home, 'uncordon');
    await schedule(other, 'drain');
    await movesTo(home);
    await fleet.turns('shop', 'live', 'Healthy');
    expect(fleet.objects(home, 'PersistentVolumeClaim')).toEqual([claim]);
    expect(secretsOn(home)).toEqual(kept);
    await eventually(async () => {
      const left = await keptData();
      expect(left.map(({ cluster }) => cluster)).toEqual([other]);
    });
  });

  describe('that was moved', () => {
    /** The app runs on `other`, and its data is on `home`. */
    async function move(): Promise<{ home: string; other: string }> {
      await start(['eu-1', 'us-1'], 1);
      await push(STATEFUL);
      await fleet.turns('shop', 'live', 'Healthy');
      const [home] = await placesOf();
      const other = home === 'eu-1' ? 'us-1' : 'eu-1';
      await fleet.controlPlane.scheduleCluster({
        cluster: home,
        to: 'drain',
        actor: 'user:default/ana',
      });
      await eventually(
        async () => {
          expect(await placesOf()).toEqual([other]);
          expect(await keptData()).toHaveLength(1);
        },
        { timeoutMs: 40_000 },
      );
      return { home, other };
    }

    const claimsOn = (cluster: string) =>
      fleet.objects(cluster, 'PersistentVolumeClaim');

    async function messages(): Promise<string[]> {
      const entries = await fleet.controlPlane.listJournal({ app: 'shop' });
      return entries.map(({ message }) => message);
    }

    it('has its data deleted where it left it, by who may, and nowhere else', async () => {
      const { home, other } = await move();
      const [secrets, claims] = [secretsOn(other), claimsOn(other)];
      expect(claimsOn(home)).toHaveLength(2);
      expect(claims).toHaveLength(2);
      expect(await keptData()).toMatchObject([
        {
          cluster: home,
          resources: [
            { name: 'db', type: 'postgres' },
            { name: 'files', type: 'volume' },
          ],
        },
      ]);
      const deletion = { ...ON, cluster: home };
      expect(
        await fleet.controlPlane.deleteData({ ...deletion, mayPromote: false }),
      ).toMatchObject({ problem: { code: 'not-allowed' } });
      const [open] = fleet.platform.environments;
      const guarded = {
        ...open,
        spec: { ...open.spec, promotion: { approval: 'group:default/leads' } },
      };
      fleet.platform = { ...fleet.platform, environments: [guarded] };
      expect(await fleet.controlPlane.deleteData(deletion)).toMatchObject({
        problem: { code: 'approval-missing' },
      });
      fleet.platform = { ...fleet.platform, environments: [open] };
      expect(
        await fleet.controlPlane.deleteData({ ...deletion, forget: true }),
      ).toMatchObject({ problem: { code: 'data-within-reach' } });
      expect(claimsOn(home)).toHaveLength(2);

      fleet.cluster(home).setPower(false); // it waits for the cluster
      expect(await fleet.controlPlane.deleteData(deletion)).toEqual({
        ok: true,
        value: { isForgotten: false },
      });
      expect(await keptData()).toMatchObject([
        {
          sentence: `The data of db (postgres) and files (volume) on ${home} is being deleted`,
          deletion: { by: 'user:default/ana' },
        },
      ]);
      await fleet.restartControlPlane(); // and is not forgotten
      fleet.cluster(home).setPower(true);
      await eventually(
        async () => {
          expect(await keptData()).toEqual([]);
          expect(claimsOn(home)).toEqual([]);
          expect(secretsOn(home)).toEqual({});
          expect(await messages()).toEqual(
            expect.arrayContaining([
              `The data of db and files of shop in live is to be deleted on ${home}`,
              `The data of db and files of shop was deleted on ${home}`,
            ]),
          );
        },
        { timeoutMs: 60_000 },
      );
      expect(fleet.objects(home, 'Namespace')).not.toContain('/shop--live');
      expect([secretsOn(other), claimsOn(other)]).toEqual([secrets, claims]);
      expect(await fleet.controlPlane.deleteData(deletion)).toMatchObject({
        problem: { code: 'data-not-found' },
      });
    });

    it('is told of data on a cluster that was removed, until that is forgotten', async () => {
      const { home } = await move();
      fleet.register(home, false);
      await eventually(async () =>
        expect(await keptData()).toMatchObject([
          {
            sentence: `The data of db (postgres) and files (volume) stays on ${home}, which is not registered any more. Callboard does not reach it until ${home} is registered again`,
          },
        ]),
      );
      const deletion = { ...ON, cluster: home };
      expect(await fleet.controlPlane.deleteData(deletion)).toMatchObject({
        problem: { code: 'data-out-of-reach' },
      });
      expect(await keptData()).toMatchObject([{ isClusterRegistered: false }]);
      expect(
        await fleet.controlPlane.deleteData({ ...deletion, forget: true }),
      ).toEqual({ ok: true, value: { isForgotten: true } });
      expect(await keptData()).toEqual([]);
      expect(claimsOn(home)).toHaveLength(2);
      expect(await messages()).toContain(
        `The data of db and files of shop in live on ${home} was struck off the list`,
      );
    });

    it('shows its claims beside its other objects', async () => {
      const { other } = await move();
      const view = await fleet.controlPlane.readKubernetesView({
        app: 'shop',
        environment: 'live',
        cluster: other,
      });
      expect(
        view.ok &&
          view.value.objects
            .filter(({ kind }) => kind === 'PersistentVolumeClaim')
            .map(({ name }) => `shop--live/${name}`)
            .sort(),
      ).toEqual(claimsOn(other).sort());
    });
  });

  it('keeps its data where it was placed again before that was deleted', async () => {
    await start(['eu-1'], 1);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const claims = fleet.objects('eu-1', 'PersistentVolumeClaim');
    // As it is when the cluster was silent from the deletion to the placement.
    await fleet.knex.transaction(tx =>
      saveKeptData(
        tx,
        {
          app: 'shop',
          environment: 'live',
          cluster: 'eu-1',
          resources: [{ name: 'db', type: 'postgres' }],
          since: new Date(),
          deletion: { by: ON.actor },
        },
        new Date(),
      ),
    );
    expect(await keptData()).toEqual([]);
    await push(SCORE, 'again');
    await eventually(async () => {
      const entries = await fleet.controlPlane.listJournal({ app: 'shop' });
      expect(entries).toContainEqual(
        expect.objectContaining({
          message: 'The data of db of shop on eu-1 is not deleted any more',
        }),
      );
    });
    await fleet.turns('shop', 'live', 'Healthy');
    expect(await findKeptData(fleet.knex)).toEqual([]);
    expect(fleet.objects('eu-1', 'PersistentVolumeClaim')).toEqual(claims);
    expect(claims).toHaveLength(1);
  });

  it('has its data again when a release asks for what earlier ones did not', async () => {
    await start(['eu-1'], 1);
    const asking = (...names: string[]) =>
      SCORE.replace(
        /variables:[^]*$/,
        names.length === 0
          ? ''
          : `variables: { ${names
              .map(name => `URL_${name}: '\${resources.${name}.url}'`)
              .join(', ')} }
resources: { ${names.map(name => `${name}: { type: postgres }`).join(', ')} }
`,
      );
    const runs = async (text: string, databases: number) => {
      await push(text, `${databases} databases`);
      await eventually(() =>
        expect(fleet.objects('eu-1', 'StatefulSet')).toHaveLength(databases),
      );
      await fleet.turns('shop', 'live', 'Healthy');
    };
    await runs(asking('db', 'log'), 2);
    const claims = fleet.objects('eu-1', 'PersistentVolumeClaim');
    const kept = secretsOn('eu-1');
    expect([claims.length, Object.keys(kept).length]).toEqual([2, 2]);
    for (const asked of [['log'], [], ['db'], ['db', 'log']])
      await runs(asking(...asked), asked.length);
    expect(fleet.objects('eu-1', 'PersistentVolumeClaim')).toEqual(claims);
    expect(secretsOn('eu-1')).toEqual(kept);
    // Before one of them is dropped again, it is told.
    const diff = await fleet.controlPlane.diffReleases({
      app: 'shop',
      environment: 'live',
      release: 2,
    });
    expect(diff.ok && diff.value.data).toEqual([
      {
        app: 'shop',
        environment: 'live',
        environmentTitle: 'live',
        cluster: 'eu-1',
        resources: [{ name: 'db', type: 'postgres' }],
        sentence:
          'The data of db (postgres) stays on eu-1: release 2 does not ask for it. A release that asks for it again finds it there',
        isListed: false,
        deletedBy: expect.stringMatching(
          /^kubectl --context eu-1 --namespace shop--live delete persistentvolumeclaims --selector 'callboard\.dev\/resource in \(web-db-[0-9a-f]{8}\)'$/,
        ),
      },
    ]);
  });

  it('finds the volume of an instance again, whatever its workload became meanwhile', async () => {
    await start(['eu-1'], 1);
    const there = () =>
      ['Deployment', 'StatefulSet', 'PersistentVolumeClaim'].map(kind =>
        fleet.objects('eu-1', kind).join(),
      );
    const claim = 'shop--live/data-web-0';
    const uidOfClaim = () =>
      fleet.object('eu-1', 'PersistentVolumeClaim', claim).metadata.uid;
    await push(KEEPING);
    await fleet.turns('shop', 'live', 'Healthy');
    expect(there()).toEqual(['', 'shop--live/web', claim]);
    const before = uidOfClaim();

    const ephemeral = KEEPING.replace('ephemeral: false', 'ephemeral: true');
    await push(ephemeral, 'nothing is kept');
    await fleet.turns('shop', 'live', 'Healthy');
    await eventually(() =>
      expect(there()).toEqual(['shop--live/web', '', claim]),
    );

    await push(KEEPING, 'kept again');
    await fleet.turns('shop', 'live', 'Healthy');
    await eventually(() =>
      expect(there()).toEqual(['', 'shop--live/web', claim]),
    );
    expect(uidOfClaim()).toBe(before);
  });

  it('gets another password everywhere when its owner rotates it, and starts again with it', async () => {
    await start(['eu-1', 'us-1'], 2);
    await push();
    await fleet.turns('shop', 'live', 'Healthy');
    const before = secretsOn('eu-1');
    const annotationsOn = (cluster: string) =>
      fleet
        .cluster(cluster)
        .dump()
        .filter(({ kind }) => kind === 'Pod')
        .flatMap(
          ({ metadata }) =>
            metadata.annotations?.['callboard.dev/secret-versions'] ?? [],
        );
    const [{ resource, ...view }] = await resources();
    expect(view).toEqual({
      name: 'db',
      type: 'postgres',
      workloads: ['web'],
      secrets: { version: 1 },
    });

    const of = { app: 'shop', environment: 'live', resource };
    const by = { actor: 'user:default/ana' };
    expect(
      await fleet.controlPlane.rotateSecrets({
        ...of,
        ...by,
        mayPromote: false,
      }),
    ).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
    expect(
      await fleet.controlPlane.rotateSecrets({ ...of, ...by, resource: 'db' }),
    ).toMatchObject({
      ok: false,
      problem: {
        code: 'resource-secrets-not-found',
        next: `Use one of ${resource}`,
      },
    });
    expect(await fleet.controlPlane.rotateSecrets({ ...of, ...by })).toEqual({
      ok: true,
      value: { version: 2, restarts: ['db', 'web'] },
    });
    await eventually(
      () => {
        const [first, second] = [secretsOn('eu-1'), secretsOn('us-1')];
        expect(Object.keys(first)).toEqual(Object.keys(before));
        expect(first).not.toEqual(before);
        expect(second).toEqual(first);
        for (const cluster of ['eu-1', 'us-1'])
          expect(annotationsOn(cluster)).toEqual([
            `${resource}=2`,
            `${resource}=2`,
          ]);
      },
      { timeoutMs: 40_000 },
    );
    await fleet.turns('shop', 'live', 'Healthy');
    const [password] = Object.values(secretsOn('eu-1'));
    expect(await recorded()).not.toContain(password);
    expect((await resources())[0].secrets).toEqual({ version: 2 });
    expect(
      (await fleet.controlPlane.listJournal({ app: 'shop' })).map(
        ({ message }) => message,
      ),
    ).toContain(
      'The secrets of db in live are rotated; db and web start again',
    );
  });

  it('says which resource is given on no cluster, and what was meant', async () => {
    await start(['eu-1'], 1);
    const refused = await fleet.controlPlane.checkPush(
      fleet.revision('shop', {
        'score.yaml': SCORE.replace('type: postgres', 'type: postgress'),
      }),
    );
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        code: 'resource-type-unknown',
        why: expect.stringContaining(
          'resources.db.type: this platform does not provide resources of type "postgress"; did you mean "postgres"?',
        ),
      },
    });
  });
});
