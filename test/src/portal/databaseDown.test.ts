import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  App,
  FleetSummary,
  Problem,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { Portal } from '../../browser/support/Portal';
import { type PushOutcome, Repository } from '../../browser/support/Repository';
import { shopFiles } from '../../browser/support/shopFiles';
import { eventually } from '@callboard/testing';
import { POSTGRES_PROGRAMS, PostgresServer } from '../support/PostgresServer';
import { describePortal, writeConfig } from './describePortal';

const describePostgres = POSTGRES_PROGRAMS ? describePortal : describe.skip;
const PATIENCE_MS = 30_000;
const WORDS = /the database does not answer/;
const isShop = ({ name }: App) => name === 'shop';

describePostgres('a portal whose PostgreSQL is gone', () => {
  let folder: string;
  let server: PostgresServer;
  let portal: Portal;
  let shop: Repository;
  const acknowledged: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-down-'));
    server = PostgresServer.start();
    portal = await Portal.create({
      configs: [
        writeConfig(folder, { backend: { database: server.database } }),
      ],
      dataDir: join(folder, 'data'),
    });
    await portal.start();
    shop = await Repository.create(shopFiles('shop', 'nothing yet'));
    await push('first');
    await portal.api('/apps'); // as an open page does
  }, 240_000);

  afterAll(async () => {
    await portal?.stop();
    await shop?.remove();
    server?.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it.each(['fast', 'immediate'] as const)(
    'says so, and loses nothing when it is back (%s)',
    async mode => {
      server.end(mode);
      const { status, body } = await portal.api<FleetSummary>('/fleet');
      expect([status, body.problem?.code, body.clusters.live]).toEqual([
        200,
        'database-unavailable',
        0,
      ]);
      const apps = await portal.api<{ items: App[] }>('/apps');
      const shown = await portal.api<App>('/apps/shop');
      for (const app of [apps.body.items.find(isShop)!, shown.body])
        expect(app.environments[0].freshness).toBe('stale');
      for (const path of ['/apps/shop/releases', '/journal']) {
        const answer = await portal.api<Problem>(path);
        expect([path, answer.status, answer.body.code]).toEqual([
          path,
          503,
          'database-unavailable',
        ]);
      }
      for (const path of ['entities', 'entities/by-query'])
        expect([path, ...(await catalogSays(path))]).toEqual([
          path,
          503,
          expect.stringMatching(WORDS),
        ]);
      const refused = await push(`during ${mode}`);
      expect(refused.ok).toBe(false);
      expect(refused.text).toMatch(/the database does not answer/);
      expect(refused.text).not.toMatch(
        /an error of its own|Authentication failed/,
      );

      server.begin();
      await worksAgain();
      expect((await push(`after ${mode}`)).ok).toBe(true);
      await isComplete();
    },
    120_000,
  );

  it('goes on through a restart', async () => {
    const pushed = push('through a restart');
    server.restart();
    await pushed; // cut or not: what it said counts
    await worksAgain();
    expect((await push('after the restart')).ok).toBe(true);
    await isComplete();
  }, 120_000);

  async function push(message: string): Promise<PushOutcome> {
    const commit = await shop.commit(message, shopFiles('shop', message));
    const outcome = await shop.push(portal.cloneUrl('shop'));
    if (outcome.ok) acknowledged.push(commit);
    return outcome;
  }

  async function catalogSays(path: string): Promise<[number, string]> {
    const answer = await fetch(`${portal.url}/api/catalog/${path}`, {
      headers: { authorization: `Bearer ${await portal.signIn()}` },
    });
    return [answer.status, await answer.text()];
  }

  function worksAgain(): Promise<void> {
    return eventually(
      'the portal works again by itself',
      async () => {
        const { status, body } = await portal.api<FleetSummary>('/fleet');
        expect(status).toBe(200);
        expect(body.problem).toBeUndefined();
      },
      PATIENCE_MS,
    );
  }

  /** Every push that was acknowledged is a release, once. */
  async function isComplete(): Promise<void> {
    const { body } = await portal.api<{ items: ReleaseDetails[] }>(
      '/apps/shop/releases?limit=100',
    );
    const revisions = body.items.map(({ revision }) => revision);
    expect(
      acknowledged.map(
        commit => revisions.filter(revision => revision === commit).length,
      ),
    ).toEqual(acknowledged.map(() => 1));
  }
});
