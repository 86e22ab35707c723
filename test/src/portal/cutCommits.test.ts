import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type App,
  type Cluster,
  type JournalEntry,
  type ReleaseDetails,
  readAllPages,
} from '@callboard/plugin-callboard-common';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { shopFiles } from '../../browser/support/shopFiles';
import { seededRandom } from '../../load/statistics';
import { eventually } from '@callboard/testing';
import { type Cut, CuttingRelay } from '../support/CuttingRelay';
import { POSTGRES_PROGRAMS, PostgresServer } from '../support/PostgresServer';
import { describePortal, writeConfig } from './describePortal';

const describePostgres = POSTGRES_PROGRAMS ? describePortal : describe.skip;
const SEED = Number(process.env.CALLBOARD_SEED ?? 20261121);
const ROUNDS = Number(process.env.CALLBOARD_CUT_ROUNDS ?? 6);
const CUT_SHARE = 0.2; // of all commits
const MOST_TRIES = 20;
const PATIENCE_MS = 60_000; // pushes that were not recorded are looked for every 30 s

describePostgres(`a portal whose commits are cut (seed ${SEED})`, () => {
  let folder: string;
  let server: PostgresServer;
  let relay: CuttingRelay;
  let portal: Portal;
  let shop: Repository;
  let isCutting = false;
  /** The next commit of such an entry of the journal is cut. */
  let aimedAt: { action: string; cut: Cut } | undefined;
  const random = seededRandom(SEED);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-cut-'));
    server = PostgresServer.start();
    const { connection } = server.database as {
      connection: { host: string; port: number };
    };
    const socket = `.s.PGSQL.${connection.port}`;
    relay = await CuttingRelay.open({
      target: join(connection.host, socket),
      path: join(folder, socket),
      database: 'backstage_plugin_callboard',
      decide: transaction => {
        if (aimedAt && transaction.includes(aimedAt.action)) {
          const { cut } = aimedAt;
          aimedAt = undefined;
          return cut;
        }
        if (!isCutting || random() > CUT_SHARE) return undefined;
        return random() < 0.5 ? 'before' : 'after';
      },
    });
    const database = {
      client: 'pg',
      connection: { ...connection, host: folder },
    };
    portal = await Portal.create({
      configs: [writeConfig(folder, { backend: { database } })],
      dataDir: join(folder, 'data'),
    });
    await portal.start();
    shop = await Repository.create(shopFiles('shop', 'nothing yet'));
    await shop.push(portal.cloneUrl('shop'));
  }, 240_000);

  afterAll(async () => {
    isCutting = false;
    await portal?.stop();
    await shop?.remove();
    relay?.close();
    server?.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('grants what was committed though nobody got the answer', async () => {
    aimedAt = { action: 'cluster.cordoned', cut: 'after' };
    expect((await send('cordon', 'unheard')).status).toBe(202);
    expect(aimedAt).toBeUndefined(); // it was cut
    expect(await reasons()).toEqual(['unheard']);
    await send('uncordon', 'done');

    aimedAt = { action: 'revision.pushed', cut: 'after' };
    const commit = await shop.commit('Unheard', shopFiles('shop', 'unheard'));
    const pushed = await shop.push(portal.cloneUrl('shop'));
    expect([pushed.ok, pushed.text]).toEqual([
      true,
      expect.stringMatching(/Healthy/),
    ]);
    expect(aimedAt).toBeUndefined();
    const releases = await all<ReleaseDetails>('/apps/shop/releases');
    expect(releases.filter(each => each.revision === commit)).toHaveLength(1);
  }, 180_000);

  it('refuses in words what was not committed, and nothing of it is there', async () => {
    aimedAt = { action: 'cluster.cordoned', cut: 'before' };
    const { status, body } = await send('cordon', 'lost');
    expect([status, body]).toEqual([
      503,
      expect.objectContaining({ code: 'database-unavailable' }),
    ]);
    expect(aimedAt).toBeUndefined();
    const { body: cluster } = await portal.api<Cluster>('/clusters/us-1');
    expect(cluster.scheduling.state).toBe('open');
    expect(await reasons()).not.toContain('lost');
    expect((await send('cordon', 'again')).status).toBe(202);
    expect(await reasons()).toContain('again');
    await send('uncordon', 'done');
  }, 180_000);

  it('does every change that was asked for once, whatever was answered', async () => {
    const commits: string[] = [];
    const created: string[] = [];
    const cordons: string[] = [];
    isCutting = true;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const answer = `version ${round}`;
      commits.push(await shop.commit(answer, shopFiles('shop', answer)));
      await push(answer);

      const name = `app-${round}`;
      created.push(name);
      await create(name, answer);

      const why = `cordon ${round}`;
      cordons.push(why);
      await schedule('cordon', why);
      await schedule('uncordon', `un${why}`);
    }
    isCutting = false;
    expect(relay.cuts.before).toBeGreaterThan(0);
    expect(relay.cuts.after).toBeGreaterThan(0);

    await eventually(
      'every push is a release, once',
      async () => {
        const releases = await all<ReleaseDetails>('/apps/shop/releases');
        const revisions = releases.map(({ revision }) => revision);
        expect(commits.map(commit => countOf(revisions, commit))).toEqual(
          commits.map(() => 1),
        );
      },
      PATIENCE_MS,
    );
    await eventually(
      'every app is there and runs',
      async () => {
        for (const name of created) {
          const { body } = await portal.api<App>(`/apps/${name}`);
          expect(body.environments[0].health.status).toBe('Healthy');
        }
      },
      PATIENCE_MS,
    );
    const journal = await all<JournalEntry>('/journal');
    const entriesOf = (action: string) =>
      journal.filter(entry => entry.action === action);
    const births = entriesOf('app.created').map(({ app }) => app);
    expect(created.map(name => countOf(births, name))).toEqual(
      created.map(() => 1),
    );
    const heard = await reasons();
    expect(cordons.map(why => countOf(heard, why))).toEqual(
      cordons.map(() => 1),
    );
    const sequences = journal.map(({ sequence }) => sequence);
    expect(sequences).toEqual(
      sequences.map((_, index) => (sequences[0] ?? 0) - index),
    );
  }, 600_000);

  /** Why the cluster was cordoned, each time. */
  async function reasons() {
    const journal = await all<JournalEntry>('/journal?kind=clusters');
    return journal
      .filter(({ action }) => action === 'cluster.cordoned')
      .map(({ why }) => why);
  }

  function send(verb: 'cordon' | 'uncordon', why: string) {
    return portal.api(`/clusters/us-1/${verb}`, {
      method: 'POST',
      body: { why },
    });
  }

  async function push(answer: string) {
    await until(answer, async () => {
      const { ok } = await shop.push(portal.cloneUrl('shop'));
      return ok;
    });
  }

  async function create(name: string, answer: string) {
    const body = {
      name,
      owner: 'user:development/guest',
      files: shopFiles(name, answer),
    };
    await until(`create ${name}`, async () => {
      const { status } = await portal.api('/apps', { method: 'POST', body });
      return status === 201 || status === 409;
    });
  }

  async function schedule(verb: 'cordon' | 'uncordon', why: string) {
    const state = verb === 'cordon' ? 'cordoned' : 'open';
    await until(why, async () => {
      const { status } = await send(verb, why);
      if (status < 300) return true;
      const { body } = await portal.api<Cluster>('/clusters/us-1');
      return body.scheduling?.state === state;
    });
  }

  /** As a person does: tries again until it is done. */
  async function until(
    what: string,
    attempt: () => Promise<boolean>,
  ): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1)
      if (await attempt()) return;
    throw new Error(`${what}: refused ${MOST_TRIES} times`);
  }

  function all<T>(path: string) {
    return readAllPages<T>(async cursor => {
      const { status, body } = await portal.api<{
        items: T[];
        nextCursor?: string;
      }>(
        `${path}${path.includes('?') ? '&' : '?'}limit=500${
          cursor ? `&cursor=${cursor}` : ''
        }`,
      );
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body;
    });
  }
});

function countOf<T>(items: readonly T[], wanted: T): number {
  return items.filter(item => item === wanted).length;
}
