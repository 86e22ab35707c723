import type {
  BlueprintFile,
  ChangeCalendar,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(120_000);

const ANA = 'user:default/ana';
const FROZEN: ChangeCalendar = {
  timeZone: 'Europe/Berlin',
  freezes: [
    {
      from: '2020-01-01T00:00',
      until: '2199-01-07T09:00',
      why: 'the year is closed',
      exceptions: [
        {
          apps: ['taxes'],
          by: 'user:default/petra',
          why: 'Tax rates change',
        },
      ],
    },
  ],
};
const UNTIL = 'Mon 7 January 2199, 09:00 (Europe/Berlin)';

describe('a freeze of production', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const sentence = async (app: string) =>
    (await fleet.rollout(app, 'prod')).sentence;
  const shows = (app: string, wanted: string) =>
    eventually(async () => expect(await sentence(app)).toBe(wanted), {
      timeoutMs: 20_000,
    });

  it('holds promotions with its reason, lets exceptions and allowed rollbacks through, and ends with its file', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1'],
      livenessDeadlineMs: 60_000,
    });
    await fleet.settles();
    fleet.rollsOut('prod', undefined);
    for (const app of ['shop', 'taxes']) {
      await fleet.push(app);
      await fleet.promote(app, 'prod', 1);
      await fleet.turns(app, 'prod', 'Healthy');
      await fleet.push(app, { does: 'serve' }, { 'README.md': 'two' });
    }

    fleet.refines('prod', { changes: FROZEN });
    await fleet.promote('shop', 'prod', 2);
    await shows(
      'shop',
      `Frozen (the year is closed), goes on at ${UNTIL}: 0 of 1 cluster have release 2`,
    );
    expect((await fleet.rollout('shop', 'prod')).phase).toBe('held');
    expect(
      (await fleet.environment('shop', 'prod')).clusters.map(
        ({ release, health }) => `${release} ${health.status}`,
      ),
    ).toEqual(['1 Healthy']);
    const held = (await fleet.controlPlane.listJournal({ app: 'shop' })).filter(
      ({ action }) => action === 'rollout.held',
    );
    expect(held.map(({ message }) => message)).toEqual([
      `Release 2 waits in Production: Frozen (the year is closed), goes on at ${UNTIL}`,
    ]);
    const production = (await fleet.controlPlane.listEnvironments()).find(
      ({ name }) => name === 'prod',
    );
    expect(
      production?.rules
        .map(({ says }) => says)
        .filter(says => says.startsWith('Nothing changes')),
    ).toEqual([
      `Nothing changes from Wed 1 January 2020, 00:00 (Europe/Berlin) until ${UNTIL}: the year is closed`,
    ]);

    // an exception names the app
    await fleet.promote('taxes', 'prod', 2);
    await shows('taxes', 'Rolled out everywhere');

    // the freeze is taken out of the file
    fleet.refines('prod', { changes: { ...FROZEN, freezes: [] } });
    await fleet.controlPlane.labelCluster({
      cluster: 'eu-1',
      labels: { looked: 'at' },
      actor: ANA,
    });
    await shows('shop', 'Rolled out everywhere');

    // going back waits, unless the platform says otherwise
    fleet.refines('prod', {
      changes: { ...FROZEN, allowsRollbacks: true },
    });
    await fleet.promote('shop', 'prod', 1);
    await shows('shop', 'Rolled back everywhere');
  });

  it('holds versions of blueprints, which go by the last environment in waves', async () => {
    const version = (number: number): BlueprintFile => ({
      apiVersion: 'callboard.dev/v1alpha1',
      kind: 'Blueprint',
      metadata: { name: 'store' },
      spec: {
        version: number,
        state: 'active',
        followers: [{ clusterSelector: { matchLabels: { env: 'prod' } } }],
        addons: [
          {
            name: 'space',
            objects: [
              {
                apiVersion: 'v1',
                kind: 'Namespace',
                metadata: { name: `store-${number}` },
              },
            ],
          },
        ],
      },
    });
    fleet = await TestFleet.create({
      clusters: [],
      also: [
        {
          apiVersion: 'callboard.dev/v1alpha1',
          kind: 'Cluster',
          metadata: { name: 'store-7', labels: { env: 'prod' } },
          spec: {},
        },
      ],
      livenessDeadlineMs: 60_000,
      deps: { intervals: { resyncMs: 300 } },
    });
    fleet.platform = { ...fleet.platform, blueprints: [version(1)] };
    const namespaces = (...wanted: string[]) =>
      eventually(
        async () =>
          expect(
            fleet
              .objects('store-7', 'Namespace')
              .filter(name => name.startsWith('/store-')),
          ).toEqual(wanted),
        { timeoutMs: 20_000 },
      );
    await namespaces('/store-1');

    fleet.rollsOut('prod', { type: 'Progressive' });
    fleet.refines('prod', { changes: FROZEN });
    fleet.platform = {
      ...fleet.platform,
      blueprints: [version(1), version(2)],
    };
    const { looks } = fleet;
    await eventually(async () =>
      expect(fleet.looks).toBeGreaterThan(looks + 1),
    );
    const start = async (strategy?: Record<string, unknown>) => {
      const started = await fleet.controlPlane.startBlueprintRollout({
        blueprint: 'store',
        version: 2,
        why: 'Stores need another space',
        actor: ANA,
        ...(strategy && { strategy }),
      });
      if (!started.ok) throw new Error(started.problem.why);
      return started.value.id;
    };
    const of = async (id: string) => {
      const found = await fleet.controlPlane.getBlueprintRollout({
        blueprint: 'store',
        id,
      });
      return found.ok ? found.value : undefined;
    };
    const held = await start();
    await eventually(async () =>
      expect((await of(held))?.sentence).toBe(
        `Frozen (the year is closed), goes on at ${UNTIL}: 0 of 1 cluster have version 2`,
      ),
    );
    await namespaces('/store-1');
    const aborted = await fleet.controlPlane.steerBlueprintRollout({
      blueprint: 'store',
      id: held,
      action: 'abort',
      actor: ANA,
    });
    expect(aborted.ok).toBe(true);

    // a calendar of its own takes the place of that of the environment
    const free = await start({ type: 'All', changes: {} });
    await eventually(async () =>
      expect((await of(free))?.sentence).toBe('Rolled out everywhere'),
    );
    await namespaces('/store-2');
  });
});
