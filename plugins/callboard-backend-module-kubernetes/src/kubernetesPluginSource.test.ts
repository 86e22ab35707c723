import { mockServices } from '@backstage/backend-test-utils';
import type { RegisteredCluster } from '@callboard/plugin-callboard-node';
import { SimFleet } from '@callboard/sim';
import { FakeKubernetesPlugin } from './__testUtils__/FakeKubernetesPlugin';
import { KubernetesPlugin } from './KubernetesPlugin';
import { kubernetesPluginSource } from './kubernetesPluginSource';
import type { KubernetesSettings } from './readKubernetesConfig';

const TOKEN = 'of-the-api-server-1234';

let fleet: SimFleet;
let plugin: FakeKubernetesPlugin;
let source: ReturnType<typeof kubernetesPluginSource>;
const logger = mockServices.logger.mock();

beforeEach(async () => {
  fleet = await SimFleet.listen();
  for (const name of ['eu-1', 'us-1'])
    fleet.addCluster({ name, nodes: [], token: TOKEN });
  plugin = await FakeKubernetesPlugin.start({
    'eu-1': { url: fleet.urlOf('eu-1'), token: TOKEN },
    'us-1': { url: fleet.urlOf('us-1'), token: TOKEN },
  });
});

afterEach(async () => {
  source?.stop();
  await plugin.stop();
  await fleet.close();
});

function sourceOf(settings: Partial<KubernetesSettings> = {}) {
  source = kubernetesPluginSource({
    plugin: new KubernetesPlugin({
      ...plugin.services,
      now: Date.now,
    }),
    settings: { refreshMs: 20, ...settings },
    logger,
  });
  return source;
}

async function ask(cluster: RegisteredCluster, path: string) {
  const transport = await cluster.openTransport();
  try {
    const response = await transport.send({
      method: 'GET',
      path,
      signal: AbortSignal.timeout(5_000),
    });
    let text = '';
    for await (const chunk of response.body) text += Buffer.from(chunk);
    return { status: response.status, body: JSON.parse(text) };
  } finally {
    await transport.close();
  }
}

it('has the clusters of the plugin, and reaches each through its proxy', async () => {
  const clusters = await sourceOf().listClusters();
  expect(clusters.map(({ file }) => file.metadata.name)).toEqual([
    'eu-1',
    'us-1',
  ]);
  for (const cluster of clusters)
    expect(await ask(cluster, '/api/v1/namespaces')).toMatchObject({
      status: 200,
      body: { kind: 'NamespaceList' },
    });
});

it('takes the clusters that the configuration names, with what it says of them', async () => {
  const clusters = await sourceOf({
    clusters: [
      {
        name: 'us-1',
        title: 'Ohio',
        labels: { env: 'prod' },
        spec: { blueprint: 'golden' },
      },
      { name: 'gone-1', spec: {} },
    ],
  }).listClusters();
  expect(clusters).toMatchObject([
    {
      file: {
        metadata: { name: 'us-1', title: 'Ohio', labels: { env: 'prod' } },
        spec: { blueprint: 'golden' },
      },
      access: 'deliver',
    },
  ]);
  expect(logger.warn).toHaveBeenCalledWith(
    'kubernetes-plugin: "gone-1" of callboard.kubernetes.clusters is none of the Kubernetes plugin',
  );
});

it('only observes a cluster where it may not deliver', async () => {
  plugin.clusters['us-1'].may = ({ verb }) =>
    ['get', 'list', 'watch'].includes(verb);
  const clusters = await sourceOf().listClusters();
  expect(clusters.map(({ access }) => access)).toEqual(['deliver', 'observe']);
});

it('tells an object that is missing from a cluster that the plugin does not know', async () => {
  const [cluster] = await sourceOf().listClusters();
  const missing = '/api/v1/namespaces/nobody';
  expect(await ask(cluster, missing)).toMatchObject({
    status: 404,
    body: { kind: 'Status' },
  });
  delete plugin.clusters['eu-1'];
  await expect(ask(cluster, missing)).rejects.toMatchObject({
    problem: {
      code: 'cluster-proxy-refused',
      why: "it says: Cluster 'eu-1' not found",
      next: 'Add "eu-1" to kubernetes.clusterLocatorMethods, or take it out of callboard.kubernetes.clusters',
    },
  });
});

it('says which permission it needs', async () => {
  const [cluster] = await sourceOf().listClusters();
  plugin.isProxyAllowed = false;
  await expect(ask(cluster, '/version')).rejects.toMatchObject({
    problem: {
      next: 'Allow the permission kubernetes.proxy to the service plugin:callboard',
    },
  });
});

it('refuses a cluster where the plugin needs the token of a person', async () => {
  plugin.clusters['eu-1'].authProvider = 'oidc';
  const [cluster] = await sourceOf().listClusters();
  await expect(cluster.openTransport()).rejects.toMatchObject({
    problem: {
      why: 'the Kubernetes plugin signs in there with the token of the person who looks (authProvider "oidc")',
    },
  });
});

it('tells of clusters that come and go, and keeps none from a plugin that does not answer', async () => {
  const watched = sourceOf();
  await watched.listClusters();
  const changed = new Promise<void>(resolve => watched.onChange(resolve));
  watched.start();
  plugin.isDown = true;
  await expect(watched.listClusters()).rejects.toThrow('answered 503');
  plugin.isDown = false;
  delete plugin.clusters['us-1'];
  await changed;
  expect(await watched.listClusters()).toHaveLength(1);
});
