import type {
  AppRemoval,
  EnvironmentFile,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import type { ControlPlane } from '../usecases/ControlPlane';

jest.setTimeout(120_000);

const ANA = 'user:default/ana';
const BO = 'user:default/bo';
const WITH_DATABASE = {
  'score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    variables: { DATABASE_URL: '\${resources.db.url}' }
resources:
  db: { type: postgres }
`,
};

const environment = (
  name: string,
  spec: Partial<EnvironmentFile['spec']>,
): EnvironmentFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name, title: name === 'dev' ? 'Development' : 'Live' },
  spec: { order: 1, placement: {}, ...spec },
});

type AllQuestion = Parameters<ControlPlane['listDataOfDeletedApps']>[0];
type Removal = Parameters<ControlPlane['removeApp']>[0];

describe('an app that is removed', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function start(clusters = ['eu-1']): Promise<void> {
    fleet = await TestFleet.create({
      clusters,
      livenessDeadlineMs: 3_000,
      deps: { intervals: { resyncMs: 500 } },
    });
    fleet.platform = {
      ...fleet.platform,
      environments: [
        environment('dev', { order: 1, placement: { numberOfClusters: 1 } }),
        environment('live', { order: 2, promotion: { from: 'dev' } }),
      ],
    };
    await fleet.settles();
  }

  const removes = (more: Partial<Removal> = {}) =>
    fleet.controlPlane.removeApp({
      app: 'shop',
      actor: ANA,
      confirm: 'shop',
      ...more,
    });
  const saidOf = (answer: Awaited<ReturnType<typeof removes>>): AppRemoval => {
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
    return answer.value;
  };
  const isRefused = async (more: Partial<Removal>, code: string) =>
    expect(await removes(more)).toMatchObject({ ok: false, problem: { code } });
  /** What runs of the app. */
  const running = (cluster: string) =>
    fleet
      .objects(cluster, 'Deployment')
      .filter(name => name.startsWith('shop--'));
  const actions = async () =>
    (await fleet.controlPlane.listJournal({ app: 'shop', limit: 200 })).map(
      ({ action, environment: of }) => (of ? `${action} ${of}` : action),
    );

  it('leaves an environment, its data stays there, and a promotion brings it back', async () => {
    await start();
    await fleet.push('shop', undefined, WITH_DATABASE);
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.promote('shop', 'live', 1);
    await fleet.turns('shop', 'live', 'Healthy');
    const before = new Date();
    const claims = fleet.objects('eu-1', 'PersistentVolumeClaim');

    const live = { environment: 'live' };
    const said = saidOf(await removes({ ...live, dryRun: true }));
    expect(said).toMatchObject({
      message: expect.stringMatching(
        /^shop leaves Live: \d instances? ends? on eu-1$/,
      ),
      environments: [
        { environment: 'live', release: 1, clusters: [{ cluster: 'eu-1' }] },
      ],
      data: [
        {
          cluster: 'eu-1',
          resources: [{ name: 'db', type: 'postgres' }],
          deletedBy: 'kubectl --context eu-1 delete namespace shop--live',
        },
      ],
    });
    await isRefused({ ...live, confirm: 'chop' }, 'removal-not-confirmed');
    await isRefused({ ...live, mayRemove: false }, 'not-allowed');
    await isRefused({ environment: 'moon' }, 'environment-not-found');
    expect((await fleet.environment('shop', 'live')).release?.number).toBe(1);

    expect(saidOf(await removes({ ...live, why: 'Too expensive' }))).toEqual(
      said,
    );
    await isRefused(live, 'nothing-released');
    await eventually(() => expect(running('eu-1')).toEqual(['shop--dev/web']));
    expect(fleet.objects('eu-1', 'PersistentVolumeClaim')).toEqual(claims);
    await eventually(async () =>
      expect(await fleet.environment('shop', 'live')).toMatchObject({
        release: null,
        clusters: [],
      }),
    );
    expect(
      (await fleet.environment('shop', 'live', before)).health.status,
    ).toBe('Healthy');
    await eventually(async () =>
      expect(await actions()).toEqual(
        expect.arrayContaining(['app.removed live', 'deployment.removed live']),
      ),
    );

    await fleet.promote('shop', 'live', 1);
    await fleet.turns('shop', 'live', 'Healthy');
    expect(fleet.objects('eu-1', 'PersistentVolumeClaim')).toEqual(claims);
  });

  it('has what it left deleted by name, once it is gone itself', async () => {
    await start();
    await fleet.push('shop', undefined, WITH_DATABASE);
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.promote('shop', 'live', 1);
    await fleet.turns('shop', 'live', 'Healthy');
    const claims = () =>
      fleet
        .objects('eu-1', 'PersistentVolumeClaim')
        .map(name => name.split('/')[0]);
    const reads = async (who: { mayPromote?: boolean } = {}) => {
      const listed = await fleet.controlPlane.listKeptData({
        app: 'shop',
        actor: ANA,
        ...who,
      });
      if (!listed.ok) throw new Error(listed.problem.why);
      return listed.value
        .map(({ environmentTitle, cluster, mayDelete }) =>
          [environmentTitle, cluster, mayDelete ? 'mine' : 'not mine'].join(),
        )
        .sort();
    };
    const deletes = (name: string, more: { mayPromote?: boolean } = {}) =>
      fleet.controlPlane.deleteData({
        app: 'shop',
        environment: name,
        cluster: 'eu-1',
        actor: ANA,
        ...more,
      });

    const said = saidOf(await removes({ dryRun: true }));
    expect(said.data).toMatchObject([
      { environment: 'dev', cluster: 'eu-1', isListed: true },
      { environment: 'live', cluster: 'eu-1', isListed: true },
    ]);
    expect(await reads()).toEqual([]);
    const beforeRemoval = new Date();
    await removes();
    await eventually(async () =>
      expect(await reads()).toEqual([
        'Development,eu-1,mine',
        'Live,eu-1,mine',
      ]),
    );
    expect(await reads({ mayPromote: false })).toContain('Live,eu-1,not mine');
    const listsAll = async (more: Partial<AllQuestion> = {}) =>
      (
        await fleet.controlPlane.listDataOfDeletedApps({
          actor: ANA,
          mayPromote: ({ owner }) => owner === ANA,
          limit: 10,
          ...more,
        })
      ).map(({ app, environment: of, cluster, mayDelete }) =>
        [app, of, cluster, mayDelete ? 'mine' : 'not mine'].join(),
      );
    expect(await listsAll()).toEqual([
      'shop,dev,eu-1,mine',
      'shop,live,eu-1,mine',
    ]);
    expect(await listsAll({ limit: 1 })).toEqual(['shop,dev,eu-1,mine']);
    const first = { app: 'shop', environment: 'dev', cluster: 'eu-1' };
    expect(await listsAll({ after: first })).toEqual(['shop,live,eu-1,mine']);
    expect(await listsAll({ mayPromote: () => false })).toContain(
      'shop,live,eu-1,not mine',
    );
    expect(await listsAll({ onlyApps: ['bank'] })).toEqual([]);
    expect(await listsAll({ at: beforeRemoval })).toEqual([]);
    expect(claims().sort()).toEqual(['shop--dev', 'shop--live']);

    expect(await deletes('live', { mayPromote: false })).toMatchObject({
      problem: { code: 'not-allowed' },
    });
    expect((await deletes('live')).ok).toBe(true);
    await eventually(async () => {
      expect(await reads()).toEqual(['Development,eu-1,mine']);
      expect(claims()).toEqual(['shop--dev']);
    });
    expect(await actions()).toEqual(
      expect.arrayContaining([
        'app.data-deletion live',
        'app.data-deleted live',
      ]),
    );

    // Who pushes again has the rest again.
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await eventually(async () => expect(await reads()).toEqual([]));
    expect(await listsAll()).toEqual([]);
    expect(await deletes('dev')).toMatchObject({
      problem: { code: 'data-in-use' },
    });
    expect(claims()).toEqual(['shop--dev']);
    expect(
      await fleet.controlPlane.listKeptData({ app: 'never', actor: ANA }),
    ).toMatchObject({ problem: { code: 'app-not-found' } });
  });

  it('is deleted everywhere once, also where a cluster comes back late, through an end of the portal', async () => {
    await start(['eu-1', 'us-1']);
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.promote('shop', 'live', 1);
    await fleet.turns('shop', 'live', 'Healthy');
    const before = new Date();
    fleet.cluster('us-1').setPower(false);
    await eventually(async () => {
      const seen = await fleet.controlPlane.getCluster('us-1');
      expect(seen.ok && seen.value.freshness).toBe('unreachable');
    });

    const said = saidOf(await removes({ dryRun: true }));
    expect(said.environments.map(({ title }) => title)).toEqual([
      'Development',
      'Live',
    ]);
    expect(said.notes.join('\n')).toMatch(/us-1 is out of contact/);
    await isRefused({ mayRemove: false }, 'not-allowed');
    await isRefused({ confirm: undefined }, 'removal-not-confirmed');

    // Pressed twice in the same moment.
    const answers = await Promise.all([removes(), removes()]);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    await isRefused({}, 'app-not-found');
    await isRefused({ environment: 'live' }, 'app-not-found');
    await fleet.restartControlPlane();
    expect((await fleet.controlPlane.getApp('shop')).ok).toBe(false);
    expect(await fleet.controlPlane.listApps()).toEqual([]);
    expect(
      await fleet.controlPlane.promote({
        app: 'shop',
        environment: 'live',
        release: 1,
        actor: ANA,
      }),
    ).toMatchObject({ problem: { code: 'app-not-found' } });
    await eventually(() => expect(running('eu-1')).toEqual([]), {
      timeoutMs: 20_000,
    });

    fleet.cluster('us-1').setPower(true);
    await eventually(() => expect(running('us-1')).toEqual([]), {
      timeoutMs: 40_000,
    });
    const gone = ['deployment.removed live'];
    await eventually(async () =>
      expect(
        (await actions()).filter(action => gone.includes(action)),
      ).toHaveLength(2),
    );
    expect(
      (await actions()).filter(action => action === 'app.deleted'),
    ).toHaveLength(1);
    expect((await fleet.app('shop', before)).environments).toMatchObject([
      { name: 'dev', release: { number: 1 } },
      { name: 'live', release: { number: 1 } },
    ]);
    expect(await fleet.controlPlane.listDeletedApps()).toMatchObject([
      { name: 'shop', owner: ANA },
    ]);
  });

  it('gives up its builds, and its name to nobody but its last owner', async () => {
    await start();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.controlPlane.changeSetting(
      { app: 'shop', name: 'COLOUR', actor: ANA },
      { kind: 'set', value: 'red', secret: false },
    );
    const pushedTo = await fleet.judged('shop', { 'README.md': 'two' });
    await fleet.send('shop', { does: 'build-slowly', ms: 2_000 });
    await removes();
    // It is going, but what is left of it is nobody's to read.
    expect(
      await fleet.controlPlane.readLogs({
        app: 'shop',
        environment: 'dev',
        filter: { tail: 10 },
      }),
    ).toMatchObject({ problem: { code: 'app-not-found' } });
    expect(
      await fleet.controlPlane.readKubernetesView({
        app: 'shop',
        environment: 'dev',
        cluster: 'eu-1',
      }),
    ).toMatchObject({ problem: { code: 'app-not-found' } });
    // Accepted while it was there, recorded afterwards: that creates no app.
    expect(
      await fleet.controlPlane.recordPush(pushedTo, { isHead: true }),
    ).toMatchObject({ problem: { code: 'app-deleted' } });
    await eventually(() => expect(running('eu-1')).toEqual([]));

    const files = { 'README.md': 'mine' };
    await expect(fleet.judged('shop', files, { by: BO })).rejects.toMatchObject(
      {
        problem: { code: 'app-name-taken' },
      },
    );
    // Judged before it was deleted, recorded afterwards.
    const late = await fleet.judged('shop', files);
    expect(
      await fleet.controlPlane.recordPush(
        { ...late, ownershipRefs: [BO] },
        { isHead: true },
      ),
    ).toMatchObject({ problem: { code: 'app-name-taken' } });
    expect((await fleet.controlPlane.getApp('shop')).ok).toBe(false);

    // The very revision that was pushed first; what was built meanwhile is no release.
    await fleet.push('shop');
    const dev = await fleet.turns('shop', 'dev', 'Healthy');
    expect(dev.release?.number).toBe(2);
    expect(await fleet.controlPlane.listDeletedApps()).toEqual([]);
    expect(
      await fleet.controlPlane.listSettings({ app: 'shop' }),
    ).toMatchObject({ value: { items: [{ name: 'COLOUR' }] } });
    expect((await actions()).filter(one => one === 'app.created')).toHaveLength(
      2,
    );
  });
});
