import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { placementPublishers } from '@callboard/plugin-callboard-backend-module-inventory';
import type { ClusterAccess } from '@callboard/plugin-callboard-clusters-node';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { ChosenClusters } from '@callboard/plugin-callboard-node';
import { parseAllDocuments } from 'yaml';
import {
  HUB_SERVERS,
  type HubServer,
  MANAGED_CLUSTER,
  PLACEMENT_DECISION,
} from './__testUtils__/hubServers';

const NAMESPACE = 'callboard';

/** What the README says the portal's account needs. */
function readRights(): KubeObject[] {
  const readme = readFileSync(
    resolve(
      __dirname,
      '../../../plugins/callboard-backend-module-inventory/README.md',
    ),
    'utf8',
  );
  const block = readme
    .split('```')
    .find(text => text.includes('kind: ServiceAccount\n'));
  return parseAllDocuments((block ?? '').replace(/^yaml\n/, '')).map(
    document => document.toJS() as KubeObject,
  );
}

const ofOthers = {
  ...PLACEMENT_DECISION,
  metadata: {
    name: 'of-others-decision-1',
    namespace: NAMESPACE,
    labels: { 'cluster.open-cluster-management.io/placement': 'of-others' },
  },
  status: { decisions: [{ clusterName: 'eu-2', reason: '' }] },
};

describe.each(HUB_SERVERS)('PlacementDecisions on a hub: $name', hubServer => {
  let hub: HubServer;
  let access: ClusterAccess;
  beforeAll(async () => {
    hub = await hubServer.start();
    for (const name of ['eu-1', 'eu-2'])
      await hub.put({
        ...MANAGED_CLUSTER,
        metadata: { name },
        spec: { hubAcceptsClient: true },
      });
    await hub.put(ofOthers);
    access = await hub.signIn(readRights());
  }, 90_000);
  afterAll(() => hub?.stop());

  const publish = async (
    placements: ChosenClusters[],
    signal = new AbortController().signal,
  ) => {
    const [publisher] = placementPublishers({
      hubs: [
        {
          name: 'acm',
          kind: 'ManagedCluster',
          access,
          members: { kind: 'none' },
          decisionsNamespace: NAMESPACE,
        },
      ],
    });
    await publisher.publish(placements, signal);
  };

  const place = (app: string, ...clusters: string[]): ChosenClusters => ({
    app,
    environment: 'prod',
    clusters,
  });

  /** What a reader there selects: the decisions of a Placement's name. */
  async function read(): Promise<Record<string, string[]>> {
    const objects = await hub.list(PLACEMENT_DECISION, NAMESPACE);
    return Object.fromEntries(
      objects.map(({ metadata, status }) => [
        metadata.labels?.['cluster.open-cluster-management.io/placement'],
        (status as typeof ofOthers.status).decisions.map(
          ({ clusterName }) => clusterName,
        ),
      ]),
    );
  }

  const untouched = { 'of-others': ['eu-2'] };

  it('say where apps are placed, of clusters that the hub has', async () => {
    await publish([place('shop', 'eu-2', 'eu-1', 'gke-1'), place('mail')]);
    expect(await read()).toEqual({
      ...untouched,
      'shop.prod': ['eu-1', 'eu-2'],
      'mail.prod': [],
    });
  });

  it('follow what is decided, and go with the app', async () => {
    await publish([place('shop', 'eu-1'), place('mail', 'eu-1')]);
    await publish([place('shop', 'eu-2')]);
    expect(await read()).toEqual({ ...untouched, 'shop.prod': ['eu-2'] });
  });

  it('are written again only where they differ', async () => {
    await publish([place('shop', 'eu-1')]);
    const before = await hub.list(PLACEMENT_DECISION, NAMESPACE);
    await publish([place('shop', 'eu-1')]);
    expect(await hub.list(PLACEMENT_DECISION, NAMESPACE)).toEqual(before);
  });

  it('come back as they were when somebody changed them', async () => {
    await publish([place('shop', 'eu-1')]);
    const [decision] = (await hub.list(PLACEMENT_DECISION, NAMESPACE)).slice(
      -1,
    );
    await hub.put({
      ...PLACEMENT_DECISION,
      metadata: { name: decision.metadata.name, namespace: NAMESPACE },
      status: { decisions: [{ clusterName: 'eu-2', reason: 'by hand' }] },
    });
    await publish([place('shop', 'eu-1')]);
    expect(await read()).toEqual({ ...untouched, 'shop.prod': ['eu-1'] });
  });

  it('stay as they are when the portal is stopped meanwhile', async () => {
    await publish([place('shop', 'eu-1')]);
    await publish([], AbortSignal.abort());
    expect(await read()).toEqual({ ...untouched, 'shop.prod': ['eu-1'] });
  });
});

it('are asked for only of a hub of ManagedClusters', () => {
  expect(() =>
    placementPublishers({
      hubs: [
        {
          name: 'fleet',
          kind: 'ClusterProfile',
          access: { inCluster: true },
          members: { kind: 'none' },
          decisionsNamespace: NAMESPACE,
        },
      ],
    }),
  ).toThrow('Hub "fleet" has no ManagedClusters');
});
