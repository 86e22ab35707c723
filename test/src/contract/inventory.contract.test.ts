import { text } from 'node:stream/consumers';
import { mockServices } from '@backstage/backend-test-utils';
import { inventorySources } from '@callboard/plugin-callboard-backend-module-inventory';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { RegisteredCluster } from '@callboard/plugin-callboard-node';
import {
  CLUSTER_PROFILE,
  HUB_SERVERS,
  type HubServer,
  MANAGED_CLUSTER,
} from './__testUtils__/hubServers';

type Members = Parameters<
  typeof inventorySources
>[0]['hubs'][number]['members'];

describe.each(HUB_SERVERS)('clusters of a hub: $name', ({ start }) => {
  let hub: HubServer;
  beforeAll(async () => {
    hub = await start();
  }, 90_000);
  afterAll(() => hub?.stop());

  function sourceOf(
    kind: 'ManagedCluster' | 'ClusterProfile',
    members: Members = { kind: 'none' },
    access = hub.access,
  ) {
    const [source] = inventorySources(
      {
        refreshMs: 60_000,
        hubs: [{ name: 'acm', kind, access, members }],
      },
      {
        logger: mockServices.logger.mock(),
        listResources: async () => [],
      },
    );
    return source;
  }

  async function find(
    name: string,
    source: ReturnType<typeof sourceOf>,
  ): Promise<RegisteredCluster | undefined> {
    const clusters = await source.listClusters();
    return clusters.find(({ file }) => file.metadata.name === name);
  }

  async function ask({ openTransport }: RegisteredCluster): Promise<string> {
    const transport = await openTransport();
    try {
      const { body } = await transport.send({
        method: 'GET',
        path: '/version',
        signal: AbortSignal.timeout(20_000),
      });
      return JSON.parse(await text(body as never)).major;
    } finally {
      await transport.close();
    }
  }

  const managed = (name: string, extra: Partial<KubeObject> = {}) => ({
    ...MANAGED_CLUSTER,
    metadata: { name, ...extra.metadata },
    spec: { hubAcceptsClient: true, ...(extra.spec as object) },
    ...(extra.status !== undefined && { status: extra.status }),
  });

  it('carries over labels, claims, taints and the set of a ManagedCluster', async () => {
    await hub.put(
      managed('eu-1', {
        metadata: {
          name: 'eu-1',
          labels: {
            region: 'north',
            'cluster.open-cluster-management.io/clusterset': 'prod',
          },
        },
        spec: {
          taints: [
            { key: 'gpu', value: 'yes', effect: 'NoSelect' },
            { key: 'old', effect: 'PreferNoSelect' },
          ],
        },
        status: {
          clusterClaims: [
            { name: 'platform.open-cluster-management.io', value: 'AWS' },
          ],
        },
      }),
    );
    expect(await find('eu-1', sourceOf('ManagedCluster'))).toMatchObject({
      connectionKind: 'inventory',
      file: {
        metadata: { name: 'eu-1', labels: { region: 'north' } },
        spec: {
          claims: { 'platform.open-cluster-management.io': 'AWS' },
          clusterSet: 'prod',
          taints: [
            { key: 'gpu', value: 'yes', effect: 'NoSelect' },
            { key: 'old', effect: 'PreferNoSelect' },
          ],
        },
      },
    });
  });

  it('leaves out one that the hub has not accepted, and follows what changes', async () => {
    const source = sourceOf('ManagedCluster');
    await hub.put(managed('eu-2', { spec: { hubAcceptsClient: false } }));
    expect(await find('eu-2', source)).toBeUndefined();
    await hub.put(managed('eu-2'));
    expect(await find('eu-2', source)).toBeDefined();
    await hub.remove(managed('eu-2'));
    expect(await find('eu-2', source)).toBeUndefined();
  });

  it('keeps new apps off one that is being taken off its hub', async () => {
    const object = managed('eu-3', {
      metadata: { name: 'eu-3', finalizers: ['example.com/leave'] },
    });
    await hub.put(object);
    await hub.remove(object);
    expect(await find('eu-3', sourceOf('ManagedCluster'))).toMatchObject({
      file: {
        spec: {
          taints: [
            {
              key: 'cluster.open-cluster-management.io/terminating',
              effect: 'NoSelect',
            },
          ],
        },
      },
    });
  });

  it('reaches one with the token that the hub keeps for it', async () => {
    await hub.put(
      managed('eu-4', {
        spec: {
          managedClusterClientConfigs: [
            { url: hub.url, ...(hub.caData && { caBundle: hub.caData }) },
          ],
        },
      }),
    );
    const source = sourceOf('ManagedCluster', {
      kind: 'token-secret',
      secret: 'callboard',
    });
    const cluster = await find('eu-4', source);
    await expect(cluster!.openTransport()).rejects.toMatchObject({
      problem: {
        code: 'cluster-sign-in-failed',
        why: 'Secret "callboard" in namespace "eu-4" of hub "acm" holds no token',
      },
    });
    await hub.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'callboard', namespace: 'eu-4' },
      data: { token: Buffer.from(hub.token).toString('base64') },
    });
    expect(await ask(cluster!)).toBe('1');
  });

  it('carries over labels, properties and the set of a ClusterProfile, and signs in by its access provider', async () => {
    await hub.put({
      ...CLUSTER_PROFILE,
      metadata: {
        name: 'us-1',
        namespace: 'callboard',
        labels: {
          region: 'south',
          'multicluster.x-k8s.io/clusterset': 'prod',
          'x-k8s.io/cluster-manager': 'fleet',
        },
      },
      spec: { displayName: 'Ohio', clusterManager: { name: 'fleet' } },
      status: {
        properties: [{ name: 'location.example.com', value: 'us-east-2' }],
        accessProviders: [
          { name: 'other', cluster: { server: 'https://other.example.com' } },
          {
            name: 'fleet',
            cluster: {
              server: hub.url,
              ...(hub.caData && { 'certificate-authority-data': hub.caData }),
            },
          },
        ],
      },
    } as KubeObject);
    const plugin = `process.stdout.write(JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: ${JSON.stringify(hub.token)} },
    }))`;
    const source = sourceOf('ClusterProfile', {
      kind: 'providers',
      providers: [
        {
          name: 'fleet',
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: process.execPath,
            args: ['-e', plugin],
          },
        },
      ],
    });
    const cluster = await find('us-1', source);
    expect(cluster).toMatchObject({
      file: {
        metadata: {
          name: 'us-1',
          title: 'Ohio',
          labels: { region: 'south', 'x-k8s.io/cluster-manager': 'fleet' },
        },
        spec: {
          claims: { 'location.example.com': 'us-east-2' },
          clusterSet: 'prod',
        },
      },
    });
    expect(await ask(cluster!)).toBe('1');
  });

  it('says why it cannot be read', async () => {
    const wrong = {
      url: hub.url,
      token: 'wrong',
      ...(hub.caData && { caData: hub.caData }),
    };
    await expect(
      sourceOf('ManagedCluster', { kind: 'none' }, wrong).listClusters(),
    ).rejects.toMatchObject({ problem: { code: 'cluster-refused' } });
  });
});
