import { kubeconfigSource } from '@callboard/plugin-callboard-clusters-node';
import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import type { ClusterSource } from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const AWAY: Problem = {
  code: 'cluster-unreachable',
  what: 'hub acm does not answer',
  why: 'nothing listens at its address',
  next: 'Check that it runs',
  transient: true,
};

describe('clusters of several sources', () => {
  let fleet: TestFleet;
  /** Why the hub cannot be read, and which clusters it has. */
  let fault: Problem | undefined;
  let names: string[];
  let notify: () => void;
  afterEach(() => fleet?.close());

  beforeEach(async () => {
    fault = undefined;
    names = ['eu-1'];
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1', 'us-1'] });
    await fleet.controlPlane.stop();
    await start();
    await fleet.settles();
  });

  const configured = (name: string) =>
    kubeconfigSource([
      {
        name,
        url: fleet.sims.urlOf(name),
        token: fleet.cluster(name).token,
        allowPlainHttp: true,
      },
    ]);

  async function start(): Promise<void> {
    const hub: ClusterSource = {
      name: 'hub acm',
      listClusters: async () => {
        if (fault) throw new ProblemError(fault);
        const lists = names.map(name => configured(name).listClusters());
        return (await Promise.all(lists)).flat();
      },
      onChange: listener => {
        notify = listener;
      },
    };
    await fleet.startControlPlane({
      clusterSources: [{ ...configured('dev-1'), name: 'config' }, hub],
    });
  }

  async function freshness(): Promise<Record<string, string>> {
    const clusters = await fleet.controlPlane.listClusters();
    return Object.fromEntries(
      clusters.map(each => [each.name, each.freshness]),
    );
  }

  it('are stale, with the reason, while their source cannot be read, and never leave because of it', async () => {
    expect(await freshness()).toEqual({ 'dev-1': 'live', 'eu-1': 'live' });
    fault = AWAY;
    notify();
    await eventually('eu-1 is stale', async () =>
      expect(await freshness()).toEqual({ 'dev-1': 'live', 'eu-1': 'stale' }),
    );
    const said = {
      ok: true,
      value: {
        connection: {
          problem: {
            what: 'Cannot read hub acm, where this cluster is described',
            why: 'nothing listens at its address',
          },
        },
      },
    };
    expect(await fleet.controlPlane.getCluster('eu-1')).toMatchObject(said);
    await eventually('it is in the journal', async () =>
      expect(await fleet.controlPlane.listJournal({})).toContainEqual(
        expect.objectContaining({
          action: 'source.unreadable',
          message:
            'Cannot read hub acm; its clusters stay as it described them last',
          why: 'nothing listens at its address',
        }),
      ),
    );

    await fleet.controlPlane.stop();
    await start();
    await eventually('it is said again after a restart', async () =>
      expect(await fleet.controlPlane.getCluster('eu-1')).toMatchObject(said),
    );
    expect(Object.keys(await freshness())).toEqual(['dev-1', 'eu-1']);

    fault = undefined;
    notify();
    await eventually('eu-1 is live again', async () =>
      expect(await freshness()).toEqual({ 'dev-1': 'live', 'eu-1': 'live' }),
    );
  });

  it('come and go as their source says', async () => {
    names = ['us-1'];
    notify();
    await eventually('us-1 is in place of eu-1', async () =>
      expect(await freshness()).toEqual({ 'dev-1': 'live', 'us-1': 'live' }),
    );
  });
});
