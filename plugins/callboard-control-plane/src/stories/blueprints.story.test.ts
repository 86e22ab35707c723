import type {
  BlueprintFile,
  BlueprintRef,
  ClusterFile,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

const STORES = Array.from(
  { length: 20 },
  (_, index) => `store-${String(index + 1).padStart(2, '0')}`,
);
const PINNED = 'store-03';
/** All others follow the name. */
const FOLLOWS: Record<string, BlueprintRef> = {
  [PINNED]: { name: 'store', version: 1 },
  'store-04': { name: 'store', channel: 'stable' },
};
const BROKEN = 'store-11';
const PETRA = 'user:default/petra';

/** Two stores first, then five at a time; the first failure halts. */
const STRATEGY = {
  type: 'Progressive',
  progressive: {
    maxConcurrency: 5,
    maxFailures: 0,
    minSuccessTime: '100ms',
    progressDeadline: '1m',
    mandatoryDecisionGroups: [{ groupName: 'first' }],
  },
  decisionGroups: [
    {
      groupName: 'first',
      groupClusterSelector: {
        labelSelector: { matchLabels: { wave: 'first' } },
      },
    },
  ],
};

function store(name: string): ClusterFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Cluster',
    metadata: {
      name,
      labels: {
        env: 'edge',
        ...(['store-07', 'store-20'].includes(name) && { wave: 'first' }),
      },
    },
    spec: {
      blueprint: FOLLOWS[name] ?? 'store',
    },
  };
}

const map = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'store' },
  data,
});

function blueprint(
  version: number,
  days: string,
  spec: Partial<BlueprintFile['spec']> = {},
): BlueprintFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Blueprint',
    metadata: { name: 'store', title: 'Store' },
    spec: {
      version,
      state: 'active',
      channels: ['stable'],
      addons: [
        {
          name: 'space',
          objects: [
            {
              apiVersion: 'v1',
              kind: 'Namespace',
              metadata: { name: 'store' },
            },
          ],
        },
        { name: 'offline', objects: [map('offline', { days })] },
        ...(version > 1
          ? [{ name: 'till', objects: [map('till', { open: 'yes' })] }]
          : []),
      ],
      ...spec,
    },
  };
}

describe('a blueprint of twenty stores', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const days = (name: string) =>
    (
      fleet.object(name, 'ConfigMap', 'store/offline') as {
        data?: Record<string, string>;
      }
    ).data?.days;
  const write = (...files: BlueprintFile[]) => {
    fleet.platform = { ...fleet.platform, blueprints: files };
  };
  const store1 = async () => {
    const [found] = await fleet.controlPlane.listBlueprints();
    return found;
  };
  const looksAgain = async () => {
    const { looks } = fleet;
    await eventually(async () => {
      expect(fleet.looks).toBeGreaterThan(looks + 1);
    });
  };
  const rollout = async (id: string) => {
    const answer = await fleet.controlPlane.getBlueprintRollout({
      blueprint: 'store',
      id,
    });
    if (!answer.ok) throw new Error(answer.problem.why);
    return answer.value;
  };
  const start = async (version: number, why: string) =>
    fleet.controlPlane.startBlueprintRollout({
      blueprint: 'store',
      version,
      why,
      strategy: STRATEGY,
      actor: PETRA,
    });
  const turns = (id: string, phase: string) =>
    eventually(
      async () => {
        const now = await rollout(id);
        expect(`${now.phase}: ${now.sentence}`).toMatch(
          new RegExp(`^${phase}:`),
        );
        return now;
      },
      { timeoutMs: 30_000 },
    );

  it('moves in waves, halts where one fails, goes back, and comes to its end', async () => {
    fleet = await TestFleet.create({
      clusters: [],
      also: STORES.map(store),
      livenessDeadlineMs: 2_000,
      deps: { intervals: { resyncMs: 500 } },
    });
    write(blueprint(1, '3'));
    await fleet.settles();
    expect(STORES.map(days)).toEqual(STORES.map(() => '3'));

    // what was active is not changed by its file
    write(blueprint(1, '4'));
    await looksAgain();
    expect((await store1()).versions).toEqual([
      expect.objectContaining({
        version: 1,
        clusters: 20,
        problem: expect.objectContaining({
          code: 'blueprint-version-changed',
          why: expect.stringContaining('ConfigMap offline, data.days'),
        }),
      }),
    ]);

    // a new version waits for its rollout; the file of the one before is gone
    write(blueprint(2, '5'));
    await looksAgain();
    await fleet.settles();
    expect(STORES.map(days)).toEqual(STORES.map(() => '3'));
    const asked = await fleet.controlPlane.askBlueprintWhatIf({
      blueprint: 'store',
      version: 2,
    });
    expect(asked).toMatchObject({
      ok: true,
      value: {
        sentence:
          'Version 2 goes to 19 clusters: 1 object added, 1 object changed',
        clusters: STORES.filter(name => name !== PINNED),
        groups: [
          {
            from: 1,
            addons: [
              { name: 'offline', change: 'changed' },
              { name: 'till', change: 'added' },
            ],
            objects: [
              { name: 'offline', fields: [{ path: 'data.days' }] },
              { name: 'till', change: 'added' },
            ].map(each => expect.objectContaining({ name: each.name })),
          },
        ],
      },
    });

    // somebody else has a till on one of them
    const somebody = fleet.connect(BROKEN);
    const conflicting = await somebody.apply(
      {
        ...map('till', { open: 'no' }),
        metadata: {
          name: 'till',
          namespace: 'store',
          labels: { 'applyset.kubernetes.io/part-of': 'applyset-of-somebody' },
        },
      },
      {
        force: true,
      },
    );
    expect(conflicting.ok || conflicting.problem).toBe(true);

    expect(await start(3, 'too early')).toMatchObject({
      ok: false,
      problem: { code: 'blueprint-not-found' },
    });
    const first = await start(2, 'Stores may be offline for longer');
    expect(first).toEqual({ ok: true, value: { id: '1' } });
    expect(await start(2, 'again')).toMatchObject({
      ok: false,
      problem: { code: 'blueprint-rollout-refused' },
    });
    await fleet.restartControlPlane();
    const halted = await turns('1', 'halted');
    expect(halted.halt?.cluster).toBe(BROKEN);
    expect(halted.waves[0]).toEqual({
      name: 'first',
      cells: ['store-07', 'store-20'].map(cluster => ({
        cluster,
        state: 'done',
      })),
    });
    expect(days('store-07')).toBe('5');
    expect(days(PINNED)).toBe('3');
    expect(days('store-19')).toBe('3');

    await fleet.controlPlane.steerBlueprintRollout({
      blueprint: 'store',
      id: '1',
      action: 'rollback',
      why: 'A store has a till of its own',
      actor: PETRA,
    });
    await turns('1', 'done');
    await fleet.settles();
    expect(STORES.map(days)).toEqual(STORES.map(() => '3'));

    // corrected, and one of them is switched off meanwhile
    await somebody.remove({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'till',
      namespace: 'store',
    });
    fleet.cluster('store-15').setPower(false);
    await eventually(
      async () => {
        const seen = await fleet.controlPlane.getCluster('store-15');
        expect(seen.ok && seen.value.freshness).toBe('unreachable');
      },
      { timeoutMs: 20_000 },
    );
    expect(await start(2, 'Once more')).toEqual({
      ok: true,
      value: { id: '2' },
    });
    await turns('2', 'waiting-for-clusters');
    fleet.cluster('store-15').setPower(true);
    await turns('2', 'done');
    await fleet.settles(30_000);
    expect(STORES.filter(name => days(name) === '3')).toEqual([PINNED]);
    const pinned = await fleet.controlPlane.getCluster(PINNED);
    expect(pinned.ok && pinned.value.blueprint).toMatchObject({
      version: 1,
      runs: 1,
      follows: 'store, version 1',
      mayRun: [1],
    });
    const details = await fleet.controlPlane.getBlueprintVersion({
      blueprint: 'store',
      version: 2,
    });
    expect(details).toMatchObject({
      ok: true,
      value: {
        sentence: 'Version 2 runs on 19 clusters, without drift',
        addons: [
          { name: 'space', from: { name: 'store', version: 2 } },
          { name: 'offline' },
          { name: 'till' },
        ],
      },
    });

    const journal = await fleet.controlPlane.listJournal({ limit: 300 });
    const said = (action: string) =>
      journal.filter(entry => entry.action === action);
    expect(
      said('blueprint.rollout-started').map(({ actor, why }) => [actor, why]),
    ).toEqual([
      [PETRA, 'Once more'],
      [PETRA, 'Stores may be offline for longer'],
    ]);
    expect(said('blueprint.rollout-halted')).toHaveLength(1);
    expect(said('blueprint.rollout-rollback')[0]).toMatchObject({
      actor: PETRA,
      why: 'A store has a till of its own',
    });
    expect(said('blueprint.wave-started').at(-1)?.message).toBe(
      'Wave 1 of 5: version 2 of blueprint store goes to store-07 and store-20',
    );
  }, 120_000);
});
