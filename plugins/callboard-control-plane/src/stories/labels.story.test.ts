import type {
  Cluster,
  EnvironmentFile,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(300_000);

const ANA = 'user:default/ana';

/** Only clusters that are labelled tier=gold. */
const LIVE: EnvironmentFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: {
    order: 1,
    placement: {
      numberOfClusters: 1,
      predicates: [
        {
          requiredClusterSelector: {
            labelSelector: { matchLabels: { tier: 'gold' } },
          },
        },
      ],
    },
  },
};

describe('labels that are set by hand', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function label(
    labels: Record<string, string | null>,
    cluster = 'us-1',
  ) {
    return fleet.controlPlane.labelCluster({
      cluster,
      labels,
      actor: ANA,
      why: 'It was renewed',
    });
  }

  async function pageOf(name: string, at?: Date): Promise<Cluster> {
    const found = await fleet.controlPlane.getCluster(name, { at });
    if (!found.ok) throw new Error(found.problem.what);
    return found.value;
  }

  const labelled = async () =>
    (await fleet.controlPlane.listJournal({ cluster: 'us-1' })).filter(
      ({ action }) => action === 'cluster.labelled',
    );

  it('count instead of the source, survive its next word, and leave again', async () => {
    fleet = await TestFleet.create({
      clusters: ['eu-1', 'us-1'],
      livenessDeadlineMs: 60_000,
    });
    fleet.platform = { ...fleet.platform, environments: [LIVE] };
    await fleet.settles();
    const ofSource = (await pageOf('us-1')).labels;

    expect(await label({ tier: 'gold' })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await label({ tier: 'gold' })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await labelled()).toHaveLength(1); // what is so already leaves no trace
    expect((await labelled())[0]).toMatchObject({
      actor: ANA,
      why: 'It was renewed',
      message: 'Cluster us-1: label tier=gold set by hand',
    });
    await fleet.push('shop');
    await eventually(
      async () =>
        expect(Object.keys(await fleet.healthOf('shop', 'live'))).toEqual([
          'us-1',
        ]),
      { timeoutMs: 60_000 },
    );

    expect(await fleet.controlPlane.listPlacements()).toEqual([
      { app: 'shop', environment: 'live', clusters: ['us-1'] },
    ]);

    await fleet.settles(); // the source is asked again meanwhile
    const page = await pageOf('us-1');
    expect(page.labels).toEqual({ ...ofSource, tier: 'gold' });
    expect(page.labelsByHand).toMatchObject({
      labels: { tier: 'gold' },
      replaced: {},
      by: ANA,
    });

    await label({ tier: null });
    expect((await pageOf('us-1')).labels).toEqual(ofSource);
    expect((await pageOf('us-1')).labelsByHand).toBeUndefined();
    const [taken] = await labelled();
    expect(taken.message).toBe(
      'Cluster us-1: label tier no longer set by hand',
    );
    // The past knows it.
    const then = new Date(Date.parse(taken.at) - 1);
    expect((await pageOf('us-1', then)).labels.tier).toBe('gold');
  });

  it('say what of the source they replace', async () => {
    fleet = await TestFleet.create({ clusters: ['us-1'] });
    await fleet.settles();
    const [[key, value]] = Object.entries((await pageOf('us-1')).labels);
    await label({ [key]: 'other' });
    expect((await pageOf('us-1')).labelsByHand).toMatchObject({
      labels: { [key]: 'other' },
      replaced: { [key]: value },
    });
  });

  it('are refused where they are no labels, or there is no such cluster', async () => {
    fleet = await TestFleet.create({ clusters: ['us-1'] });
    await fleet.settles();
    expect(await label({ 'not a key': 'x' })).toMatchObject({
      ok: false,
      problem: { code: 'label-invalid' },
    });
    expect(await label({ tier: 'x' }, 'nowhere')).toMatchObject({
      ok: false,
      problem: { code: 'cluster-not-found' },
    });
    expect(await labelled()).toEqual([]);
  });
});
