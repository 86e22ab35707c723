import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@callboard/plugin-callboard-common';
import { FolderLock } from '@callboard/plugin-callboard-node';
import { SimFleet } from '@callboard/sim';
import { eventually, freePort } from '@callboard/testing';
import { Repository } from '../../browser/support/Repository';
import { BarePortal } from '../support/BarePortal';
import { POSTGRES_PROGRAMS, PostgresServer } from '../support/PostgresServer';
import { RequestRelay } from '../support/RequestRelay';

const APP = 'shop';
const CLUSTER_TOKEN = 'of-the-simulated-cluster';
const LEASE_MS = 1_500;
const PATIENCE_MS = 30_000;
/** What is read of a deployment's objects right before they are written. */
const READ_BEFORE_WRITE = /\/deployments\?.*applyset/;

const describeTwo = POSTGRES_PROGRAMS ? describe : describe.skip;

/** A process that stands still for longer than its leases last: SIGSTOP, as when a machine swaps or is moved. */
describe('a process of the portal that stands still', () => {
  let folder: string;
  let fleet: SimFleet;
  let relay: RequestRelay;
  let postgres: PostgresServer | undefined;
  let portals: BarePortal[];
  let shop: Repository;
  /** `generation: version` of the app's Deployment, as the API server took them. */
  let writes: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-stopped-'));
    portals = [];
    writes = [];
    shop = await Repository.create({ 'README.md': APP });
    fleet = await SimFleet.listen();
    const cluster = fleet.addCluster({
      name: 'dev-1',
      nodes: [{ name: 'a', cpu: '4', memory: '8Gi', pods: 50 }],
      token: CLUSTER_TOKEN,
      timing: { syncMs: 50, warmUpMs: 100 },
    });
    cluster.registry.store.subscribe(({ object }) => {
      if (object.kind !== 'Deployment') return;
      const { generation } = object.metadata as { generation?: number };
      const [, version] = /:(\d+)"/.exec(JSON.stringify(object.spec)) ?? [];
      const write = `${generation}: ${version}`;
      if (write !== writes.at(-1)) writes.push(write); // else of its status
    });
    relay = await RequestRelay.open(fleet.urlOf('dev-1'));
  });

  afterEach(async () => {
    for (const portal of portals) await portal.close();
    postgres?.remove();
    postgres = undefined;
    relay.close();
    await fleet.close();
    await shop.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  describeTwo('beside another one', () => {
    it('brings nothing old to a cluster that was taken over, and says so', async () => {
      postgres = PostgresServer.start();
      const first = await open('first', relay.url);
      const second = await open('second', fleet.urlOf('dev-1'));
      await push(first, 1);
      await isHealthy(first, 1);

      const { late } = await stopWhileWriting(first, 2);
      await push(second, 3);
      await isHealthy(second, 3);
      first.signal('SIGCONT');
      await saysSo(first);
      await late;
      await push(second, 4);
      await isHealthy(second, 4);
      await isHealthy(first, 4);
      // The one that took over may have brought version 2 before it read 3.
      expect(writes).toEqual(
        ['1', ...(writes[1] === '2: 2' ? ['2'] : []), '3', '4'].map(
          (version, index) => `${index + 1}: ${version}`,
        ),
      );
      expect(await second.verify()).toBeUndefined();
    }, 180_000);
  });

  it('keeps its folder for itself, goes on where it was, and says so', async () => {
    const only = await open('only', relay.url);
    await push(only, 1);
    await isHealthy(only, 1);

    const { late } = await stopWhileWriting(only, 2);
    await new Promise(done => setTimeout(done, 2 * LEASE_MS)); // what is shown is that nothing happens
    expect(FolderLock.take(only.dataDir, 'exclusive')).toBeUndefined();
    only.signal('SIGCONT');
    await saysSo(only);
    await late;
    await isHealthy(only, 2); // a newer one would take its place
    await push(only, 3);
    await isHealthy(only, 3);
    expect(writes).toEqual(['1: 1', '2: 2', '3: 3']);
    expect(await only.verify()).toBeUndefined();
  }, 180_000);

  /** Pushes, and stops the process when it has read what is there and has not written yet. */
  async function stopWhileWriting(
    portal: BarePortal,
    version: number,
  ): Promise<{ late: Promise<void> }> {
    const stopped = new Promise<void>(resolve => {
      relay.onRequest = ({ method, path }) => {
        if (method !== 'GET' || !READ_BEFORE_WRITE.test(path)) return;
        relay.onRequest = () => {};
        portal.signal('SIGSTOP');
        resolve();
      };
    });
    const late = push(portal, version);
    await stopped;
    return { late };
  }

  async function open(name: string, url: string): Promise<BarePortal> {
    const own = join(folder, name);
    const environments = join(own, 'platform/environments');
    mkdirSync(environments, { recursive: true });
    writeFileSync(
      join(environments, 'dev.yaml'),
      JSON.stringify({
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'Environment',
        metadata: { name: 'dev' },
        spec: { order: 1, placement: { numberOfClusters: 1 } },
      }),
    );
    const portal = new BarePortal({
      folder: own,
      port: await freePort(),
      dataDir: join(folder, 'shared'),
      intervals: { leaseTtlMs: LEASE_MS, tailMs: 200 },
      ...(postgres && { database: postgres.database }),
      callboard: {
        platform: [join(own, 'platform')],
        clusters: [
          { name: 'dev-1', url, token: CLUSTER_TOKEN, allowPlainHttp: true },
        ],
      },
    });
    portals.push(portal);
    await portal.start().ready;
    return portal;
  }

  async function push(portal: BarePortal, version: number): Promise<void> {
    await shop.commit(`Version ${version}`, {
      'score.yaml': JSON.stringify({
        apiVersion: 'score.dev/v1b1',
        metadata: { name: APP },
        containers: { web: { image: `registry.example/shop:${version}` } },
      }),
    });
    const { ok, text } = await shop.push(portal.cloneUrl(APP));
    if (!ok) throw new Error(text);
  }

  function isHealthy(portal: BarePortal, release: number): Promise<void> {
    return eventually(
      `release ${release} is Healthy`,
      async () => {
        const { body } = await portal.api<App>(`/apps/${APP}`);
        expect(body.environments).toMatchObject([
          {
            release: { number: release },
            health: { status: 'Healthy' },
            clusters: [{ cluster: 'dev-1', release }],
          },
        ]);
      },
      PATIENCE_MS,
    );
  }

  function saysSo(portal: BarePortal): Promise<void> {
    return eventually(
      'it says that it stood still',
      () => expect(portal.output).toMatch(/stood still for/),
      PATIENCE_MS,
    );
  }
});
