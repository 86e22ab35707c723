import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiServer, readKubeconfigAccess, runAgent } from '@callboard/agent';
import {
  TunnelHub,
  agentSource,
  createJoinToken,
  kubeconfigSource,
  openConnection,
} from '@callboard/plugin-callboard-clusters-node';
import {
  API_VERSION,
  type ClusterFile,
  type KubeObject,
  type Result,
  SETTINGS_SECRET_NAME,
} from '@callboard/plugin-callboard-common';
import {
  KnexAgentRegistry,
  registerAgent,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { generateKeys } from '@callboard/tunnel';
import createKnex, { type Knex } from 'knex';
import { CuttableLink } from './__testUtils__/CuttableLink';
import { TestPortal } from './__testUtils__/TestPortal';
import { eventually } from '@callboard/testing';
import {
  type StartedCluster,
  findObstacle,
  startCluster,
} from './__testUtils__/startCluster';

const LIVENESS_MS = 6_000;
const CLUSTER: ClusterFile = {
  apiVersion: API_VERSION,
  kind: 'Cluster',
  metadata: { name: 'edge-1', labels: { env: 'dev' } },
  spec: { exposure: { type: 'ClusterIP' } },
};
const SCORE = {
  'score.yaml': JSON.stringify({
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: { web: { image: 'registry.example/trial:1' } },
  }),
};

/** Reads a secret that is set for its app, if one is named. */
function workload(name: string, secret?: string): object {
  const image = 'registry.example/trial:1';
  return {
    apiVersion: 'score.dev/v1b1',
    metadata: { name },
    containers: {
      main: secret
        ? { image, variables: { KEY: `\${resources.vault.${secret}}` } }
        : { image },
    },
    ...(secret && { resources: { vault: { type: 'secret' } } }),
  };
}

function keysReadBy({ spec }: KubeObject): string[] {
  const { containers } = spec as {
    containers: Array<{
      env?: Array<{ valueFrom?: { secretKeyRef?: { key: string } } }>;
    }>;
  };
  return containers.flatMap(({ env = [] }) =>
    env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.key ?? []),
  );
}

function mustWork<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.problem.what}: ${result.problem.why}`);
}

const obstacle = findObstacle('played');
const describeHere = obstacle === undefined ? describe : describe.skip;

/** A real Kubernetes that the portal cannot dial: only its agent dials out. */
describeHere(
  `a push to a cluster behind an agent${
    obstacle === undefined ? '' : ` (skipped: ${obstacle})`
  }`,
  () => {
    let cluster: StartedCluster;
    let hub: TunnelHub;
    let server: http.Server;
    let knex: Knex;
    let link: CuttableLink;
    let portal: TestPortal;
    /** The cluster as its administrator sees it, beside the tunnel. */
    let admin: ClusterConnection;
    const stop = new AbortController();
    let agent: Promise<void> = Promise.resolve();

    beforeAll(async () => {
      cluster = await startCluster('played');
      const [registered] = await kubeconfigSource([
        { name: 'admin', kubeconfig: { file: cluster.kubeconfig } },
      ]).listClusters();
      admin = openConnection(registered);
      knex = createKnex({
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      });
      await migrateStore(knex);
      const registry = new KnexAgentRegistry(knex);
      const identity = generateKeys();
      hub = new TunnelHub({ registry, identity, heartbeatMs: 1_000 });
      server = http
        .createServer()
        .on('upgrade', (request, socket, head) =>
          hub.handleUpgrade(request, socket, head),
        );
      await new Promise<void>(resolve =>
        server.listen(0, '127.0.0.1', resolve),
      );
      link = await CuttableLink.open({
        host: '127.0.0.1',
        port: (server.address() as AddressInfo).port,
      });

      const { token, tokenHash } = createJoinToken();
      const tokenExpiresAt = new Date(Date.now() + 60_000);
      await registerAgent(
        knex,
        { file: CLUSTER, tokenHash, tokenExpiresAt },
        new Date(),
      );
      agent = runAgent(
        {
          hub: {
            url: `ws://127.0.0.1:${link.port}/agents`,
            hubKey: identity.publicKey,
          },
          identity: {
            cluster: 'edge-1',
            ...generateKeys(),
            version: '0.1.0',
            joinToken: token,
          },
          api: new ApiServer(readKubeconfigAccess(cluster.kubeconfig)),
          log: () => undefined,
          backOff: { firstMs: 100, maxMs: 1_000 },
        },
        stop.signal,
      );
      portal = await TestPortal.start([
        agentSource(hub, registry, { livenessDeadlineMs: LIVENESS_MS }),
      ]);
    }, 180_000);

    afterAll(async () => {
      await portal?.stop();
      await admin?.close();
      stop.abort();
      await agent;
      await hub?.close();
      await link?.close();
      await new Promise(resolve =>
        server ? server.close(resolve) : resolve(undefined),
      );
      await knex?.destroy();
      await cluster?.stop();
    }, 30_000);

    it('turns Healthy through the tunnel', async () => {
      const lines = await portal.push('shop', SCORE);
      expect(lines.join('\n')).toMatch(/Healthy/);
      const dev = await portal.environment('shop', 'dev');
      expect(dev.clusters).toMatchObject([
        {
          cluster: 'edge-1',
          release: 1,
          health: { status: 'Healthy' },
          freshness: 'live',
        },
      ]);
      const [page] = await portal.controlPlane.listClusters();
      expect(page.connection).toMatchObject({
        kind: 'agent',
        roundTripMs: expect.any(Number),
      });
    }, 90_000);

    const NAMESPACE = 'store--dev';

    const setSecret = (name: string, value: string) =>
      portal.setSecret({ app: 'store', environment: 'dev', name }, value);

    const storeRuns = () =>
      eventually(
        'it runs with its settings',
        async () => {
          const dev = await portal.environment('store', 'dev');
          expect(dev.clusters).toMatchObject([
            {
              cluster: 'edge-1',
              sync: 'Synced',
              health: { status: 'Healthy' },
            },
          ]);
        },
        60_000,
      );

    /** By workload, which pod runs and which secrets it reads. */
    async function podsOfStore(): Promise<
      Map<string, { uid: string; reads: string[] }>
    > {
      const pods = mustWork(
        await admin.list(
          { apiVersion: 'v1', kind: 'Pod' },
          { namespace: NAMESPACE },
        ),
      );
      const alive = pods.items.filter(
        ({ metadata }) => metadata.deletionTimestamp === undefined,
      );
      return new Map(
        alive.map(pod => [
          pod.metadata.labels?.['callboard.dev/workload'] ?? '',
          { uid: pod.metadata.uid ?? '', reads: keysReadBy(pod) },
        ]),
      );
    }

    async function secretsOfStore(): Promise<Record<string, string>> {
      const secret = mustWork(
        await admin.read({
          apiVersion: 'v1',
          kind: 'Secret',
          namespace: NAMESPACE,
          name: SETTINGS_SECRET_NAME,
        }),
      );
      return Object.fromEntries(
        Object.entries((secret?.data ?? {}) as Record<string, string>).map(
          ([key, value]) => [key, Buffer.from(value, 'base64').toString()],
        ),
      );
    }

    const storeHas = (secrets: Record<string, string>) =>
      eventually(
        'its secrets are on the cluster',
        async () => expect(await secretsOfStore()).toEqual(secrets),
        60_000,
      );

    it('brings secrets, and a change starts again what reads it and nothing else', async () => {
      await portal.pushAndLeave('store', {
        'score.yaml': JSON.stringify(workload('web')),
        'pay/score.yaml': JSON.stringify(workload('pay', 'PAYMENT_KEY')),
        'mail/score.yaml': JSON.stringify(workload('mail', 'MAIL_KEY')),
      });
      await setSecret('PAYMENT_KEY', 'of-the-bank');
      await setSecret('MAIL_KEY', 'of-the-post');
      await storeRuns();
      await storeHas({
        'PAYMENT_KEY.1': 'of-the-bank',
        'MAIL_KEY.2': 'of-the-post',
      });
      const before = await eventually('all of it runs', async () => {
        const pods = await podsOfStore();
        expect([...pods.keys()].sort()).toEqual(['mail', 'pay', 'web']);
        return pods;
      });

      await setSecret('PAYMENT_KEY', 'new-of-the-bank');
      await eventually(
        'only what reads it was started again',
        async () => {
          const after = await podsOfStore();
          expect(after.get('pay')).toEqual({
            uid: expect.not.stringMatching(before.get('pay')!.uid),
            reads: ['PAYMENT_KEY.3'],
          });
          after.delete('pay');
          before.delete('pay');
          expect(after).toEqual(before);
        },
        60_000,
      );
      await storeRuns();
      await storeHas({
        'PAYMENT_KEY.1': 'of-the-bank', // for instances of before
        'PAYMENT_KEY.3': 'new-of-the-bank',
        'MAIL_KEY.2': 'of-the-post',
      });
    }, 150_000);

    it('turns Unknown within the deadline when the link is cut, and converges after mending', async () => {
      link.cut();
      await eventually(
        'it is Unknown',
        async () =>
          expect((await portal.environment('shop', 'dev')).health.status).toBe(
            'Unknown',
          ),
        LIVENESS_MS + 2_000,
      );
      await portal.pushAndLeave('shop', SCORE);
      link.mend();
      await eventually(
        'the release that was pushed meanwhile runs',
        async () => {
          const dev = await portal.environment('shop', 'dev');
          expect(dev.clusters).toMatchObject([
            { release: 2, sync: 'Synced', health: { status: 'Healthy' } },
          ]);
        },
        60_000,
      );
    }, 120_000);
  },
);
