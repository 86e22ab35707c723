import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiServer, readKubeconfigAccess, runAgent } from '@callboard/agent';
import {
  TunnelHub,
  agentSource,
  createJoinToken,
} from '@callboard/plugin-callboard-clusters-node';
import {
  API_VERSION,
  type ClusterFile,
} from '@callboard/plugin-callboard-common';
import {
  KnexAgentRegistry,
  registerAgent,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
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
    const stop = new AbortController();
    let agent: Promise<void> = Promise.resolve();

    beforeAll(async () => {
      cluster = await startCluster('played');
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
