import type {
  EnvironmentFile,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(120_000);

function live(placement: PlacementSpec): EnvironmentFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'live' },
    spec: { order: 1, placement },
  };
}

const ONE = live({ numberOfClusters: 1 });
const TWO = live({ numberOfClusters: 2 });

const BAD_EXPRESSION = live({
  numberOfClusters: 1,
  predicates: [
    {
      requiredClusterSelector: {
        celSelector: { celExpressions: ['managedCluster.metadata.'] },
      },
    },
  ],
});
const FAILING_EXPRESSION = live({
  numberOfClusters: 1,
  predicates: [
    {
      requiredClusterSelector: {
        celSelector: {
          celExpressions: ['managedCluster.metadata.labels["nobody"] == "x"'],
        },
      },
    },
  ],
});
const UNKNOWN_PRIORITIZER = live({
  numberOfClusters: 1,
  prioritizerPolicy: {
    configurations: [
      { scoreCoordinate: { type: 'BuiltIn', builtIn: 'Fastest' } },
    ],
  },
});
const BAD_GROUPS = live({
  numberOfClusters: 1,
  decisionStrategy: { groupStrategy: { clustersPerDecisionGroup: 'half' } },
});

describe('a placement that cannot be decided', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function start(...environments: EnvironmentFile[]): Promise<void> {
    fleet = await TestFleet.create({
      clusters: ['eu-1', 'us-1'],
      deps: { intervals: { resyncMs: 300 } },
    });
    says(...environments);
    await fleet.settles();
  }

  /** From now on these are the platform's environments. */
  function says(...environments: EnvironmentFile[]): void {
    fleet.platform = { ...fleet.platform, environments };
  }

  async function placement() {
    const answer = await fleet.controlPlane.getPlacement('shop', 'live');
    if (!answer.ok) throw new Error(answer.problem.what);
    return answer.value;
  }

  const reads = (message: RegExp) =>
    eventually(
      async () => expect((await placement()).message).toMatch(message),
      { timeoutMs: 20_000 },
    );

  /** Everything was looked at more than once since. */
  async function aFewLooks(): Promise<void> {
    const looks = fleet.looks;
    await eventually(
      async () => expect(fleet.looks).toBeGreaterThan(looks + 2),
      { timeoutMs: 20_000 },
    );
  }

  /** Its deployments as the clusters name them: another one was made again. */
  const replicas = () =>
    ['eu-1', 'us-1'].flatMap(cluster =>
      fleet
        .cluster(cluster)
        .dump()
        .filter(
          ({ kind, metadata }) =>
            kind === 'Deployment' && metadata.namespace === 'shop--live',
        )
        .map(({ metadata }) => `${cluster} ${metadata.uid}`),
    );

  it.each([
    {
      name: 'an expression that does not compile',
      environments: [BAD_EXPRESSION],
      why: /The expression "managedCluster\.metadata\." does not compile/,
      next: /Correct the placement/,
    },
    {
      name: 'a prioritizer nobody knows',
      environments: [UNKNOWN_PRIORITIZER],
      why: /"Fastest" is not a built-in prioritizer/,
      next: /Correct the placement/,
    },
    {
      name: 'groups of a size that is no number',
      environments: [BAD_GROUPS],
      why: /"half" is not a number or a percentage/,
      next: /Correct the placement/,
    },
    {
      name: 'files that do not name the environment any more',
      environments: [],
      why: /neither the platform nor app\.yaml names it/,
      next: /Choose one of the environments/,
    },
  ])(
    'takes nothing away and says so, until it is mended: $name',
    async ({ environments, why, next }) => {
      await start(ONE);
      await fleet.push('shop');
      await fleet.turns('shop', 'live', 'Healthy');
      const before = replicas();
      expect(before).toHaveLength(1);
      const [home] = before[0].split(' ');

      says(...environments);
      await reads(
        new RegExp(`^Misconfigured, kept where it was \\(${home}\\)`),
      );
      await aFewLooks();

      expect(replicas()).toEqual(before);
      expect(await fleet.healthOf('shop', 'live')).toEqual({
        [home]: 'Healthy',
      });
      const kept = await placement();
      expect(kept.message).toMatch(why);
      expect(kept.message).toMatch(next);
      expect(kept.satisfied).toBe(false);
      expect(kept.verdicts).toMatchObject([
        {
          cluster: home,
          verdict: 'chosen',
          reasons: [{ rule: 'stays-undecided' }],
        },
        {
          verdict: 'refused',
          reasons: [
            { rule: 'misconfigured', message: expect.stringMatching(why) },
          ],
          remedy: expect.stringMatching(next),
        },
      ]);
      const decided = (
        await fleet.controlPlane.listJournal({ app: 'shop' })
      ).filter(({ action }) => action === 'placement.decided');
      expect(decided).toHaveLength(2); // said once, however often it was looked at
      expect(decided[0].message).toMatch(why);

      says(TWO);
      await reads(/^Runs on eu-1 and us-1\.$/);
      await eventually(async () =>
        expect(await fleet.healthOf('shop', 'live')).toEqual({
          'eu-1': 'Healthy',
          'us-1': 'Healthy',
        }),
      );
      expect(replicas()).toContain(before[0]);
    },
  );

  it('has clusters keep the release they have while nobody knows whether releases go in waves', async () => {
    await start(TWO);
    await fleet.push('shop');
    await fleet.push('shop', { does: 'serve' }, { 'notes.txt': 'second' });
    await fleet.turns('shop', 'live', 'Healthy');
    const before = replicas();
    await fleet.controlPlane.stop();
    await fleet.promote('shop', 'live', 1); // wanted, and not decided yet
    says();
    await fleet.startControlPlane();
    await reads(/^Misconfigured/);
    await aFewLooks();
    expect(replicas()).toEqual(before);
    const wanted = async () =>
      (
        await fleet
          .knex('deployments')
          .where({ kind: 'app', name: 'shop' })
          .whereNull('valid_to')
      ).map(row => row.desired_release);
    expect(await wanted()).toEqual([2, 2]);

    says(TWO);
    await eventually(async () => expect(await wanted()).toEqual([1, 1]), {
      timeoutMs: 20_000,
    });
  });

  it('takes nothing away where an expression fails on every cluster', async () => {
    await start(ONE);
    await fleet.push('shop');
    await fleet.turns('shop', 'live', 'Healthy');
    const before = replicas();
    says(FAILING_EXPRESSION);
    await eventually(
      async () =>
        expect((await placement()).verdicts[0]).toMatchObject({
          verdict: 'chosen',
          reasons: expect.arrayContaining([
            {
              rule: 'stays-until-replaced',
              message: expect.stringMatching(/^It cannot be judged/),
            },
          ]),
        }),
      { timeoutMs: 20_000 },
    );
    await aFewLooks();
    expect(replicas()).toEqual(before);
  });

  it('chooses nothing where nothing runs yet', async () => {
    await start(BAD_EXPRESSION);
    await fleet.send('shop');
    await reads(/^live is misconfigured: The expression/);
    await aFewLooks();
    expect(replicas()).toEqual([]);
    says(ONE);
    await fleet.turns('shop', 'live', 'Healthy');
  });
});
