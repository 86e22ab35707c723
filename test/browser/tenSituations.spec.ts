import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  App,
  Cluster,
  ItemList,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { type Page, expect, test } from '@playwright/test';
import { PageCounter } from './support/counts/PageCounter';
import type { Answers } from './support/counts/readAnswers';
import { enterPortal } from './support/enterPortal';
import { goTo } from './support/goTo';
import { addClustersToForty, copyPlatform } from './support/platformFolder';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import {
  beforeOpening,
  CRASHING_SERVER,
  shopFiles,
  workingServer,
} from './support/shopFiles';
import { takeScreenshots } from './support/takeScreenshots';

/*
 * Every number on every page, in ten situations of one portal: as it is shown,
 * and as it is counted from the API's raw answers (support/counts). Each
 * situation begins where the one before ended.
 */

// A situation is many pages: a machine that does much at once gets through it too.
test.describe.configure({ mode: 'serial', timeout: 600_000 });

const WITHOUT_CLUSTERS = 'callboard:\n  playground:\n    enabled: false\n';

const OPENS_LATE = beforeOpening(
  'setTimeout(open, 8_000);', // long enough to pause before the first wave is up
  'The shop has a database',
);

let folder: string;
let config: string;
/** Folder of the platform's files. */
let platform: string;
let portal: Portal;
let page: Page;
let counter: PageCounter;
let shop: Repository;
/** When all was well. */
let then: string;
const pageErrors: string[] = [];

const isShop = ({ app }: { app?: string }) =>
  app === undefined || app === 'shop';
/** Of other apps nothing changed since they were counted. */
const SHOP_ALONE = {
  isCounted: isShop,
  isRead: (app: string) => app === 'shop',
};

async function push(message: string, files: Record<string, string>) {
  await shop.commit(message, files);
  return (await shop.push(portal.cloneUrl('shop'))).remote.join('\n');
}

const appIn = async (app: string, environment: string) => {
  const { body } = await portal.api<App>(`/apps/${app}`);
  return body.environments?.find(({ name }) => name === environment);
};

const isIn = (app: string, environment: string, status: string) =>
  expect
    .poll(async () => (await appIn(app, environment))?.health.status)
    .toBe(status);

const rollout = async () =>
  (await portal.api<RolloutAnswer>('/apps/shop/environments/prod/rollout'))
    .body;

const promote = async (release: number) => {
  const { status } = await portal.api(
    '/apps/shop/environments/prod/promotions',
    { method: 'POST', body: { release } },
  );
  expect(status).toBe(202);
};

async function steer(action: string): Promise<void> {
  const { version } = await rollout();
  const { status } = await portal.api(
    `/apps/shop/environments/prod/rollout/${action}`,
    { method: 'POST', body: { version } },
  );
  expect(status).toBeLessThan(300);
}

/** Starts it again with the clusters that the platform's folder describes. */
async function restart(): Promise<void> {
  await portal.stop();
  const playground = { livenessDeadlineSeconds: 8 };
  await writeFile(
    config,
    JSON.stringify({ callboard: { platform: [platform], playground } }),
  );
  await portal.start();
}

async function switchOff(cluster: string): Promise<void> {
  const { status } = await portal.api(`/playground/clusters/${cluster}/power`, {
    method: 'PUT',
    body: { on: false },
  });
  expect(status).toBe(200);
}

const areLive = (count: number) =>
  expect
    .poll(async () => {
      const { body } = await portal.api<ItemList<Cluster>>(
        '/clusters?limit=100',
      );
      const reading = body.items.filter(each => each.reading);
      const live = body.items.filter(({ freshness }) => freshness === 'live');
      return `${live.length} live, ${reading.length} being read`;
    })
    .toBe(`${count} live, 0 being read`);

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'callboard-situations-'));
  config = join(folder, 'app-config.situations.yaml');
  await writeFile(config, WITHOUT_CLUSTERS);
  platform = join(folder, 'platform');
  await copyPlatform(platform);
  portal = await Portal.create({ configs: [config] });
  await portal.start();
  page = await browser.newPage({ reducedMotion: 'reduce' });
  page.on('pageerror', error => pageErrors.push(error.message));
  counter = new PageCounter(page, portal);
  shop = await Repository.create(shopFiles('shop', 'The shop is open'));
});

test.afterAll(async () => {
  await page?.close();
  await shop?.remove();
  await portal?.remove();
  await rm(folder, { recursive: true, force: true });
});

test('empty fleet', async () => {
  await enterPortal(page, portal.signInUrl('/callboard'));
  await counter.count('empty fleet');
});

test('first app healthy', async () => {
  await restart();
  const { remote } = await shop.push(portal.cloneUrl('shop'));
  expect(remote.join('\n')).toMatch(/healthy after/i);
  await enterPortal(page, portal.signInUrl('/callboard'));
  // The other app is on its way still, and so is what the fleet's pages say.
  await counter.count('first app healthy in dev', {
    ...SHOP_ALONE,
    isCounted: ({ app }) => app === 'shop',
  });
  await promote(1);
  await isIn('hello', 'prod', 'Healthy');
  await isIn('hello', 'edge', 'Healthy');
  await isIn('shop', 'prod', 'Healthy');
  await expect.poll(async () => (await rollout()).phase).toBe('done');
  await counter.count('first app healthy');
  then = new Date().toISOString();
});

test('degraded in dev', async () => {
  const said = await push('Ask the database', { 'server.js': CRASHING_SERVER });
  expect(said).toContain('DATABASE_URL');
  await isIn('shop', 'dev', 'Degraded');
  await counter.count('degraded in dev', SHOP_ALONE);
});

test('nothing fits', async () => {
  const good = shopFiles('shop', '')['score.yaml'];
  const said = await push('Keep everything in memory', {
    'server.js': workingServer('The shop is open'),
    'score.yaml': good.replace(
      'image: .',
      'image: .\n    resources: { requests: { memory: 900Gi } }',
    ),
  });
  expect(said).toMatch(/900 GiB/);
  await counter.count('nothing fits', SHOP_ALONE);
});

test('rollout halfway paused', async () => {
  const said = await push('Wait for the database', OPENS_LATE);
  expect(said).toMatch(/healthy after/i);
  const { number } = (await appIn('shop', 'dev'))!.release!;
  await promote(number);
  await expect.poll(async () => (await rollout()).release).toBe(number);
  await steer('pause');
  await counter.count('rollout halfway paused', SHOP_ALONE);
  await steer('abort');
  await counter.count('rollout aborted', {
    ...SHOP_ALONE,
    isCounted: ({ app }) => app === 'shop',
  });
  await steer('rollback');
  await isIn('shop', 'prod', 'Healthy');
  await expect.poll(async () => (await rollout()).phase).toBe('done');
});

test('cluster draining', async () => {
  await portal.api('/clusters/eu-1/drain', { method: 'POST', body: {} });
  await expect
    .poll(
      async () =>
        (
          await portal.api<Cluster>('/clusters/eu-1')
        ).body.scheduling.state,
    )
    .toBe('draining');
  await counter.count('cluster draining', SHOP_ALONE);
  await portal.api('/clusters/eu-1/uncordon', { method: 'POST', body: {} });
  await switchOff('us-1'); // until it counts as lost there is time to look back
});

test('past instant', async () => {
  await counter.count('past instant', { at: then });
});

test('cluster silent, then portal down', async () => {
  await isIn('shop', 'prod', 'Unknown');
  const answers: Answers = await counter.count('cluster silent', SHOP_ALONE);
  await portal.kill();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await counter.count('portal down', { isCounted: isShop, answers });
});

test('fleet of forty clusters', async () => {
  await addClustersToForty(platform);
  await restart();
  for (const cluster of ['us-1', 'edge-117']) await switchOff(cluster);
  await portal.api('/clusters/ap-2/cordon', { method: 'POST', body: {} });
  await portal.api('/clusters/edge-102/drain', { method: 'POST', body: {} });
  await areLive(38);
  await enterPortal(page, portal.signInUrl('/callboard'));
  await counter.count('fleet of forty clusters', {
    isCounted: ({ app }) => app === undefined,
    isRead: () => false,
  });
  if (!process.env.CALLBOARD_UPDATE_IMAGES) return;
  for (const [name, address] of [
    ['fleet-forty', '/callboard'],
    ['fleet-forty-map', '/callboard?view=map'],
    ['fleet-forty-compared', '/callboard?compare=edge-117,eu-1'],
  ]) {
    await goTo(page, address);
    await takeScreenshots(page, name);
  }
});

test('no page failed on the way', () => {
  expect(pageErrors).toEqual([]);
});
