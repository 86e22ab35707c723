import { type EnvironmentFile } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

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

    await schedule(home, 'uncordon');
    await schedule(other, 'drain');
    await movesTo(home);
    await fleet.turns('shop', 'live', 'Healthy');
    expect(fleet.objects(home, 'PersistentVolumeClaim')).toEqual([claim]);
    expect(secretsOn(home)).toEqual(kept);
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
