import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DIRECT_ENGINE } from '@callboard/plugin-callboard-clusters-node';
import type {
  App,
  ChangeSignal,
  Cluster,
  PlacementAnswer,
} from '@callboard/plugin-callboard-common';
import {
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import {
  type ChangeSubscriber,
  type ClusterTransportProvider,
  type DeliveryEngine,
  changeSubscribersExtensionPoint,
  clusterTransportsExtensionPoint,
  deliveryEnginesExtensionPoint,
  healthRulesExtensionPoint,
  placementRulesExtensionPoint,
  policiesExtensionPoint,
} from '@callboard/plugin-callboard-node';
import { SimFleet } from '@callboard/sim';
import { eventually } from '@callboard/testing';
import { TestPortal } from './__testUtils__/TestPortal';

const ANA = mockCredentials.user.header('user:default/ana');
const TOKEN = 'of-the-gateway';
const DEV = `apiVersion: callboard.dev/v1alpha1
kind: Environment
metadata: { name: dev }
spec: { order: 1, placement: {} }
`;
const score = (image: string) => `apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  web: { image: "${image}" }
`;

jest.setTimeout(60_000);

/** What a module of somebody else adds is seen by people as if it were built in. */
describe('extension points', () => {
  let folder: string;
  let sims: SimFleet;
  let portal: TestPortal;
  const notified: ChangeSignal[][] = [];

  /** Reaches clusters through a gateway: a transport needs no more than fetch. */
  const gateway = (): ClusterTransportProvider => ({
    type: 'gateway',
    prepare: ({ options: { host } }) => {
      if (typeof host !== 'string') throw new Error('host is missing');
      return async () => ({
        async send({ path, signal, ...request }) {
          const answer = await fetch(`${sims.urlOf(host)}${path}`, {
            ...request,
            headers: { ...request.headers, authorization: `Bearer ${TOKEN}` },
            signal,
          });
          return {
            status: answer.status,
            headers: Object.fromEntries(answer.headers),
            body: (answer.body ?? []) as AsyncIterable<Uint8Array>,
          };
        },
        close: async () => {},
      });
    },
  });

  /** Signs what it delivers to clusters of the plant. */
  const signing: DeliveryEngine = {
    ...DIRECT_ENGINE,
    name: 'signing',
    delivers: ({ metadata: { labels } }) => labels?.site === 'plant',
    apply: (connection, wanted, options) =>
      DIRECT_ENGINE.apply(
        connection,
        {
          ...wanted,
          objects: wanted.objects.map(object => ({
            ...object,
            metadata: {
              ...object.metadata,
              annotations: {
                ...object.metadata.annotations,
                'example.com/signed-by': 'plant',
              },
            },
          })),
        },
        options,
      ),
  };

  const chat: ChangeSubscriber = {
    name: 'chat',
    notify: async changes => void notified.push([...changes]),
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-points-'));
    const dev = join(folder, 'environments', 'dev.yaml');
    await mkdir(dirname(dev));
    await writeFile(dev, DEV);
    sims = await SimFleet.listen({ seed: 7 });
    sims.addCluster({
      name: 'behind',
      nodes: [{ name: 'node-a', cpu: '4', memory: '8Gi', pods: 50 }],
      token: TOKEN,
    });
    portal = await TestPortal.start({
      factory: { migrate: migrateStore, create: createControlPlane },
      config: {
        platform: [folder],
        git: { followSeconds: 1 },
        clusters: [
          {
            name: 'plant-7',
            labels: { site: 'plant' },
            transport: { type: 'gateway', host: 'behind' },
          },
        ],
      },
      features: [
        createBackendModule({
          pluginId: 'callboard',
          moduleId: 'of-somebody-else',
          register(env) {
            env.registerInit({
              deps: {
                transports: clusterTransportsExtensionPoint,
                engines: deliveryEnginesExtensionPoint,
                policies: policiesExtensionPoint,
                rules: healthRulesExtensionPoint,
                placement: placementRulesExtensionPoint,
                changes: changeSubscribersExtensionPoint,
              },
              async init({
                transports,
                engines,
                policies,
                rules,
                placement,
                changes,
              }) {
                transports.addClusterTransport(gateway());
                engines.addDeliveryEngine(signing);
                policies.addPolicy({
                  apiVersion: 'callboard.dev/v1alpha1',
                  kind: 'Policy',
                  metadata: {
                    name: 'no-latest',
                    title: 'Images have versions',
                  },
                  spec: {
                    mode: 'deny',
                    validations: [
                      {
                        expression:
                          "release.images.all(image, !image.endsWith(':latest'))",
                        message: 'An image is called latest',
                        next: 'Name a version',
                      },
                    ],
                  },
                });
                rules.addHealthRule({
                  kinds: ['apps/Deployment'],
                  checks: ['Degraded if .spec.replicas<2', 'Healthy'],
                });
                placement.addPlacementRule({
                  name: 'no-ledgers-in-plants',
                  refuse: ({ labels }, { app }) =>
                    app === 'ledger' && labels.site === 'plant'
                      ? {
                          why: 'Plants keep no ledgers',
                          next: 'Ask the finance team',
                        }
                      : undefined,
                });
                changes.addChangeSubscriber(chat);
              },
            });
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await sims?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask<T>(path: string): Promise<T> {
    const answer = await fetch(`${portal.url}/api/callboard/v1${path}`, {
      headers: { authorization: ANA },
    });
    expect(answer.status).toBe(200);
    return answer.json();
  }

  it('reach a cluster by the transport of a module', async () => {
    const cluster = await eventually(
      'the gateway leads to the cluster',
      async () => {
        const known = await ask<Cluster>('/clusters/plant-7');
        expect(known.freshness).toBe('live');
        return known;
      },
    );
    expect(cluster.connection.kind).toBe('transport');
  });

  it('refuse a push by the policy of a module, and list it', async () => {
    const { code, remote } = await portal.push('shop', {
      'score.yaml': score('nginx:latest'),
    });
    expect(code).not.toBe(0);
    expect(remote.join('\n')).toContain('An image is called latest');
    const { items } = await ask<{ items: Array<{ name: string }> }>(
      '/policies',
    );
    expect(items.map(({ name }) => name)).toEqual(['no-latest']);
  });

  it('deliver by the engine of a module, judge by its rule, and notify it', async () => {
    const { code, output } = await portal.push('shop', {
      'score.yaml': score('nginx:1.29'),
    });
    expect({ code, output }).toMatchObject({ code: 0 });
    const app = await eventually(
      'one replica is too few for the rule of the module',
      async () => {
        const shop = await ask<App>('/apps/shop');
        expect(shop.environments[0].health.status).toBe('Degraded');
        return shop;
      },
    );
    expect(app.environments[0].clusters.map(({ cluster }) => cluster)).toEqual([
      'plant-7',
    ]);
    const [deployment] = sims
      .cluster('behind')
      .dump()
      .filter(({ kind }) => kind === 'Deployment');
    expect(deployment.metadata.annotations).toMatchObject({
      'example.com/signed-by': 'plant',
    });
    expect(notified.flat()).toContainEqual({ kind: 'app', name: 'shop' });
  });

  it('place nothing where the rule of a module refuses, and say why', async () => {
    await portal.push('ledger', { 'score.yaml': score('nginx:1.29') });
    const decided = await eventually('it is decided', () =>
      ask<PlacementAnswer>('/apps/ledger/environments/dev/placement'),
    );
    expect(decided).toMatchObject({
      satisfied: false,
      verdicts: [
        {
          cluster: 'plant-7',
          verdict: 'refused',
          reasons: [
            {
              rule: 'of-modules',
              message: 'Plants keep no ledgers. Ask the finance team',
            },
          ],
        },
      ],
    });
    expect(decided.message).toBe('No cluster fits dev.');
  });

  it('end the start where two rules have one name', async () => {
    const addsTwice = createBackendModule({
      pluginId: 'callboard',
      moduleId: 'twice',
      register(env) {
        env.registerInit({
          deps: { placement: placementRulesExtensionPoint },
          async init({ placement }) {
            const rule = { name: 'one-name', refuse: () => undefined };
            placement.addPlacementRule(rule);
            placement.addPlacementRule(rule);
          },
        });
      },
    });
    await expect(TestPortal.start({ features: [addsTwice] })).rejects.toThrow(
      /placement rule "one-name" of a module: another module adds one of this name/,
    );
  });

  it('end the start where nothing provides the transport of a cluster', async () => {
    await expect(
      TestPortal.start({
        config: {
          clusters: [{ name: 'plant-8', transport: { type: 'gatevay' } }],
        },
      }),
    ).rejects.toThrow(/nothing provides the transport "gatevay"/);
  });
});
