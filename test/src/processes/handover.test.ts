import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  App,
  Cluster,
  KubernetesView,
} from '@callboard/plugin-callboard-common';
import { SimFleet } from '@callboard/sim';
import { Portal } from '../../browser/support/Portal';
import { eventually } from '@callboard/testing';
import { Door } from '../support/Door';
import { SiteAgent } from '../support/SiteAgent';

const POSTGRES =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING;
const API_TOKEN = 'of-the-simulated-cluster';
const PATIENCE_MS = 60_000;
const TAKEN_OVER_MS = 40_000; // 15 s until the leases are over; less than what is looked at again each minute
const SCORE = {
  'score.yaml': JSON.stringify({
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: { web: { image: 'registry.example/web:1' } },
  }),
};

const describeHere = POSTGRES ? describe : describe.skip;

/** Two processes of one portal, as a company runs them: one database, one data folder, one address. */
describeHere(
  `a portal of two processes${
    POSTGRES ? '' : ' (skipped: no PostgreSQL, see test/postgres.mjs)'
  }`,
  () => {
    let folder: string;
    let fleet: SimFleet;
    let door: Door;
    let first: Portal;
    let second: Portal;
    let agent: SiteAgent;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-two-'));
      fleet = await SimFleet.listen();
      fleet.addCluster({
        name: 'edge-1',
        nodes: [{ name: 'a', cpu: '4', memory: '8Gi', pods: 50 }],
        token: API_TOKEN,
      });
      door = await Door.open();
      const config = join(folder, 'config.json');
      first = await Portal.create({ configs: [config] });
      second = await Portal.create({ configs: [config] });
      writeFileSync(config, JSON.stringify(describePortal()));
      await first.start();
      await second.start();
      door.leadsTo = [first.port, second.port];
      const { body } = await first.api<{ join?: { manifestUrl: string } }>(
        '/clusters',
        { method: 'POST', body: { name: 'edge-1', labels: { env: 'dev' } } },
      );
      if (!body.join) throw new Error(JSON.stringify(body));
      agent = await SiteAgent.start(body.join.manifestUrl, {
        server: fleet.urlOf('edge-1'),
        token: API_TOKEN,
      });
    }, 300_000);

    afterAll(async () => {
      agent?.stop();
      await first?.remove();
      await second?.remove();
      await door?.close();
      await fleet?.close();
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    function describePortal(): object {
      const [address = '', query] = POSTGRES!.split('?'); // of a socket: no URL that names a host
      const server = new URLSearchParams(query);
      return {
        backend: {
          database: {
            client: 'pg',
            connection: {
              host: server.get('host'),
              port: Number(server.get('port')),
              user: /\/\/([^:@]+)/.exec(address)?.[1],
            },
          },
        },
        callboard: {
          dataDir: join(folder, 'shared'),
          agentUrl: `http://127.0.0.1:${door.port}`,
          agent: { image: 'registry.example/callboard-agent:1' },
          playground: { enabled: false },
          platformTeam: ['user:development/guest'],
        },
      };
    }

    it('answers everywhere for a cluster whose agent is connected to one of them', async () => {
      await eventually(
        'the agent is connected',
        async () =>
          expect(
            (
              await second.api<Cluster>('/clusters/edge-1')
            ).body.freshness,
          ).toBe('live'),
        PATIENCE_MS,
      );
      await create(second, 'shop'); // asked of the one, done by the other
      await isHealthy(second, 'shop');
      await readsThrough(first, 'shop');
      await readsThrough(second, 'shop');
      expect(door.leading(first.port)).toBeGreaterThan(0);
      expect(door.leading(second.port)).toBe(0);
    }, 180_000);

    it('goes on when the one that has the agent is killed', async () => {
      await first.kill();
      await eventually(
        'the agent is connected to the other one',
        async () => expect(door.leading(second.port)).toBeGreaterThan(0),
        20_000,
      );
      await create(second, 'bank');
      await isHealthy(second, 'bank', TAKEN_OVER_MS);
      await isHealthy(second, 'shop');
      await readsThrough(second, 'shop');
    }, 180_000);

    it('answers through the other one where the first is back, and the agent stays', async () => {
      await first.start();
      await isHealthy(first, 'bank');
      await readsThrough(first, 'bank');
      expect(door.leading(first.port)).toBe(0);
      const { body } = await first.api<Cluster>('/clusters/edge-1');
      expect(body.freshness).toBe('live');
    }, 180_000);
  },
);

function isHealthy(
  portal: Portal,
  app: string,
  withinMs = PATIENCE_MS,
): Promise<void> {
  return eventually(
    `${app} is Healthy`,
    async () => {
      const { body } = await portal.api<App>(`/apps/${app}`);
      const dev = body.environments.find(({ name }) => name === 'dev');
      expect(dev?.clusters).toMatchObject([
        {
          cluster: 'edge-1',
          freshness: 'live',
          health: { status: 'Healthy' },
        },
      ]);
    },
    withinMs,
  );
}

async function create(portal: Portal, name: string): Promise<void> {
  const body = { name, owner: 'user:development/guest', files: SCORE };
  const created = await portal.api('/apps', { method: 'POST', body });
  expect([created.status, created.body]).toEqual([201, created.body]);
}

/** Objects are read on the cluster at that moment: anyone who answers reaches it. */
function readsThrough(portal: Portal, app: string): Promise<void> {
  return eventually(
    `${app} is read on its cluster`,
    async () => {
      const { status, body } = await portal.api<KubernetesView>(
        `/apps/${app}/environments/dev/clusters/edge-1/kubernetes`,
      );
      expect([status, body.objects?.map(({ kind }) => kind)]).toEqual([
        200,
        expect.arrayContaining(['Deployment', 'Pod']),
      ]);
    },
    PATIENCE_MS,
  );
}
