import type {
  BlueprintFile,
  ClusterFile,
  ClusterSetFile,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

const apiVersion = 'callboard.dev/v1alpha1' as const;
const PETRA = 'user:default/petra';

function cluster(
  name: string,
  labels: Record<string, string>,
  spec: ClusterFile['spec'] = {},
): ClusterFile {
  return { apiVersion, kind: 'Cluster', metadata: { name, labels }, spec };
}

function blueprint(
  name: string,
  spec: Partial<BlueprintFile['spec']> = {},
): BlueprintFile {
  return {
    apiVersion,
    kind: 'Blueprint',
    metadata: { name },
    spec: {
      version: 1,
      state: 'active',
      addons: [
        {
          name: 'space',
          objects: [
            { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
          ],
        },
      ],
      ...spec,
    },
  };
}

function set(
  name: string,
  labels: Record<string, string>,
  runs: string,
): ClusterSetFile {
  return {
    apiVersion,
    kind: 'ClusterSet',
    metadata: { name },
    spec: { clusterSelector: { matchLabels: labels }, blueprint: runs },
  };
}

describe('blueprints that cluster sets and followers assign', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const runs = async (name: string) => {
    const found = (await fleet.controlPlane.listClusters()).find(
      each => each.name === name,
    );
    return {
      follows: found?.blueprint?.follows,
      state: found?.blueprint?.state,
      problem: found?.blueprintProblem?.why,
    };
  };
  const until = (name: string, expected: Awaited<ReturnType<typeof runs>>) =>
    eventually(async () => expect(await runs(name)).toEqual(expected), {
      timeoutMs: 20_000,
    });
  const lines = async (name: string) =>
    (await fleet.controlPlane.listJournal({ cluster: name }))
      .filter(({ action }) => action === 'cluster.blueprint-assigned')
      .map(({ message }) => message);

  it('follow what the files say, and stay where two contradict each other', async () => {
    fleet = await TestFleet.create({
      clusters: [],
      also: [
        cluster('own', { env: 'edge' }, { blueprint: 'cards' }),
        cluster('shop', { env: 'edge' }),
        cluster('till', { env: 'edge', kind: 'till' }),
        cluster('plain', {}),
      ],
      deps: { intervals: { resyncMs: 300 } },
    });
    const edge = set('shops', { env: 'edge' }, 'retail');
    fleet.platform = {
      ...fleet.platform,
      blueprints: [
        blueprint('retail'),
        blueprint('cards', {
          followers: [{ clusterSelector: { matchLabels: { kind: 'till' } } }],
        }),
      ],
      clusterSets: [edge],
    };
    await until('own', {
      follows: 'cards',
      state: 'applied',
      problem: undefined,
    });
    const byShops = {
      follows: 'retail, by cluster set "shops"',
      state: 'applied' as const,
      problem: undefined,
    };
    await until('shop', byShops);
    await until('till', byShops);
    expect(fleet.objects('shop', 'Namespace')).toContain('/retail');
    expect((await runs('plain')).follows).toBeUndefined();

    // a set that contradicts: nothing moves, and the page says which two
    const tills = set('tills', { kind: 'till' }, 'cards');
    fleet.platform = { ...fleet.platform, clusterSets: [edge, tills] };
    await until('till', {
      ...byShops,
      problem:
        'cluster set "shops": "retail", and cluster set "tills": "cards"; it goes on with "retail"',
    });
    expect(fleet.objects('till', 'Namespace')).not.toContain('/cards');

    // without the first set the followers of cards count
    fleet.platform = { ...fleet.platform, clusterSets: [] };
    await until('till', {
      follows: 'cards, by followers of version 1 of blueprint "cards"',
      state: 'applied',
      problem: undefined,
    });
    await eventually(async () => {
      expect(fleet.objects('till', 'Namespace')).not.toContain('/retail');
      expect(fleet.objects('shop', 'Namespace')).not.toContain('/retail');
    });

    // a label that a person sets counts as those of files do
    await fleet.controlPlane.labelCluster({
      cluster: 'plain',
      labels: { kind: 'till' },
      actor: PETRA,
    });
    await until('plain', {
      follows: 'cards, by followers of version 1 of blueprint "cards"',
      state: 'applied',
      problem: undefined,
    });
    expect(await lines('plain')).toEqual([
      'Cluster plain runs blueprint cards, by followers of version 1 of blueprint "cards"',
    ]);
    expect((await lines('till')).length).toBe(3);
    expect(await lines('own')).toEqual([]);
  });
});
