import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  App,
  Cluster,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { type Page, expect, test } from '@playwright/test';
import { enterPortal } from './support/enterPortal';
import { findLayoutFaults } from './support/findLayoutFaults';
import { goTo } from './support/goTo';
import { Portal } from './support/Portal';
import { type PushOutcome, Repository } from './support/Repository';
import {
  beforeOpening,
  CRASHING_SERVER,
  shopFiles,
  workingServer,
} from './support/shopFiles';
import { RESULTS, takeScreenshots } from './support/takeScreenshots';

/*
 * One hour of a developer, a platform engineer and an auditor. What each step
 * does is tested elsewhere, and so are the numbers (tenSituations.spec.ts).
 * Here every page of the hour is looked at.
 */

test.describe.configure({ mode: 'serial' });

const WITHOUT_CLUSTERS = 'callboard:\n  playground:\n    enabled: false\n';

/** Only who looks at pictures needs them; layout is checked at every size anyway. */
const PICTURES = process.env.CALLBOARD_ALL_PICTURES
  ? ['wide', 'narrow', 'zoom'].flatMap(size => [
      `${size}-light`,
      `${size}-dark`,
    ])
  : [];

const SIZES = [
  { width: 1280, height: 800 },
  { width: 640, height: 400 },
  { width: 390, height: 844 },
];

const OPENS_LATE = beforeOpening(
  'setTimeout(open, 12_000);', // long enough to press Pause before the first wave is up
  'The shop has a database',
);

let folder: string;
let config: string;
let portal: Portal;
let page: Page;
let shop: Repository;
/** When all was well. */
let then: string;
const pageErrors: string[] = [];

const push = (): Promise<PushOutcome> => shop.push(portal.cloneUrl('shop'));

const appIn = async (app: string, environment: string) => {
  const { body } = await portal.api<App>(`/apps/${app}`);
  return body.environments.find(({ name }) => name === environment);
};

const isIn = (app: string, environment: string, status: string) =>
  expect
    .poll(async () => (await appIn(app, environment))?.health.status)
    .toBe(status);

const rollout = async () =>
  (await portal.api<RolloutAnswer>('/apps/shop/environments/prod/rollout'))
    .body;

const go = (address: string): Promise<void> => goTo(page, address);

/** The page as it is: its layout at every size, and its picture. */
async function look(name: string): Promise<void> {
  for (const size of SIZES) await checkLayout(name, size);
  if (PICTURES.length > 0)
    await takeScreenshots(page, `people/${name}`, PICTURES, RESULTS);
  await page.setViewportSize(SIZES[0]);
}

async function checkLayout(
  name: string,
  size: (typeof SIZES)[number],
): Promise<void> {
  await page.setViewportSize(size);
  await expect(page.locator('main [class*="bui-Skeleton"]')).toHaveCount(0);
  await expect
    .poll(() => findLayoutFaults(page), {
      message: `${name} at ${size.width}`,
      timeout: 5_000,
    })
    .toEqual([]);
}

/** Presses a button, and the one of the same name in the dialog that it opens. */
async function act(name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name }).click();
  await expect(dialog).toBeHidden();
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'callboard-people-'));
  config = join(folder, 'app-config.people.yaml');
  await writeFile(config, WITHOUT_CLUSTERS);
  portal = await Portal.create({ configs: [config] });
  await portal.start();
  page = await browser.newPage({ reducedMotion: 'reduce' });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', error => pageErrors.push(error.message));
  shop = await Repository.create(shopFiles('shop', 'The shop is open'));
});

test.afterAll(async () => {
  await page?.close();
  await shop?.remove();
  await portal?.remove();
  await rm(folder, { recursive: true, force: true });
});

test('an empty portal says what to do first', async () => {
  await page.goto(portal.url);
  await expect(
    page.getByRole('heading', { name: 'Sign in to Callboard' }),
  ).toBeVisible();
  await page.getByLabel('Sign-in address or key').fill(portal.signInUrl('/'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(
    page.getByText('No cluster is registered yet').first(),
  ).toBeVisible();
  await look('empty-fleet');
  await go('/callboard/apps');
  await expect(page.getByText(/^git push http/).first()).toBeVisible();
  await look('empty-apps');
  await go('/callboard/audit');
  await expect(page.getByText('No app has a release.')).toBeVisible();
  await look('empty-audit');
});

test('a first push runs, and a promotion brings it to three clusters', async () => {
  await portal.stop();
  await writeFile(config, 'callboard: {}\n');
  await portal.start();
  const { remote } = await push();
  expect(remote.join('\n')).toMatch(/healthy after/i);
  await enterPortal(page, portal.signInUrl('/callboard'));
  await isIn('hello', 'prod', 'Healthy');
  await go('/callboard/apps/shop');
  await expect(
    page.getByText('Release 1 is healthy in Development').first(),
  ).toBeVisible();
  await look('app-first-push');
  await act(/^Promote release 1/);
  await isIn('shop', 'prod', 'Healthy');
  await expect.poll(async () => (await rollout()).phase).toBe('done');
});

test('an app that needs a PCI cluster runs on that one alone, twice', async () => {
  const cards = await Repository.create({
    ...shopFiles('cards', 'Cards are safe'),
    'app.yaml': `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: cards }
spec: { requires: { blueprint: pci } }
`,
  });
  const { remote } = await cards.push(portal.cloneUrl('cards'));
  await cards.remove();
  expect(remote.join('\n')).toMatch(/healthy after/i);
  await portal.api('/apps/cards/environments/prod/promotions', {
    method: 'POST',
    body: { release: 1 },
  });
  await isIn('cards', 'prod', 'Healthy');
});

test('all is well', async () => {
  then = new Date().toISOString();
  for (const [name, address] of [
    ['fleet', '/callboard'],
    ['fleet-map', '/callboard?view=map'],
    ['apps', '/callboard/apps'],
    ['app', '/callboard/apps/shop'],
    ['app-releases', '/callboard/apps/shop?tab=releases'],
    ['app-placement', '/callboard/apps/cards?tab=placement&env=prod'],
    ['app-settings', '/callboard/apps/shop?tab=settings'],
    ['app-logs', '/callboard/apps/shop?tab=logs'],
    ['app-kubernetes', '/callboard/apps/shop?tab=kubernetes'],
    ['cluster', '/callboard/clusters/pci-1'],
    ['audit', '/callboard/audit'],
  ]) {
    await go(address);
    await look(name);
  }
});

test('pushes that break say what to do, in the terminal and on the page', async () => {
  await shop.commit('Ask the database', { 'server.js': CRASHING_SERVER });
  expect((await push()).remote.join('\n')).toContain(
    'the variable DATABASE_URL is not set',
  );
  await go('/callboard/apps/shop');
  await expect(
    page.getByText(/the variable DATABASE_URL is not set/).first(),
  ).toBeVisible();
  await go('/callboard/apps/shop');
  await look('app-crashed');

  const good = shopFiles('shop', '')['score.yaml'];
  await shop.commit('Rename', {
    'score.yaml': good.replace('containers:', 'container:'),
    'server.js': workingServer('The shop is open'),
  });
  const typo = await push();
  expect(typo.ok).toBe(false);
  expect(typo.text).toContain('did you mean `containers`?');
  await look('app-typo');

  await shop.commit('Name it right', { 'score.yaml': good });
  expect((await push()).remote.join('\n')).toMatch(/healthy after/i);
});

test('a rollout is watched, paused, aborted and rolled back', async () => {
  await shop.commit('Wait for the database', OPENS_LATE);
  expect((await push()).remote.join('\n')).toMatch(/healthy after/i);
  const release = (await appIn('shop', 'dev'))!.release!.number;
  await go('/callboard/apps/shop');
  await act(new RegExp(`^Promote release ${release}`));
  await expect.poll(async () => (await rollout()).purpose).toBe('roll-out');
  await expect.poll(async () => (await rollout()).release).toBe(release);
  await act('Pause');
  await expect(page.getByText(/is paused in Production/).first()).toBeVisible();
  await go('/callboard/apps/shop');
  await look('app-paused');
  await page.getByRole('button', { name: 'Abort' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await look('dialog-abort');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme }); // draws the whole portal again
    await expect(dialog).toBeVisible();
  }
  await dialog.getByRole('button', { name: 'Abort' }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByText(/was aborted in Production/).first(),
  ).toBeVisible();
  await look('app-aborted');
  await act('Roll back to release 1');
  await expect.poll(async () => (await rollout()).phase).toBe('done');
  await isIn('shop', 'prod', 'Healthy');
});

test('what can never fit is refused', async () => {
  const good = shopFiles('shop', '')['score.yaml'];
  await shop.commit('Keep everything in memory', {
    'score.yaml': good.replace(
      'image: .',
      'image: .\n    resources: { requests: { memory: 900Gi } }',
    ),
  });
  const { remote } = await push();
  expect(remote.join('\n')).toMatch(/900 GiB/);
  await go('/callboard/apps/shop');
  await look('app-never-fits');
  await shop.commit('Need less', { 'score.yaml': good });
  expect((await push()).remote.join('\n')).toMatch(/healthy after/i);
});

test('a drain is rehearsed, seen and taken back', async () => {
  await go('/callboard/clusters/eu-1');
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: 'Drain…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^Draining eu-1 moves/)).toBeVisible();
  await look('dialog-drain');
  await dialog.getByRole('button', { name: 'Drain eu-1' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/eu-1 is live, is being drained/)).toBeVisible();
  await go('/callboard/clusters/eu-1');
  await look('cluster-draining');
  await go('/callboard');
  await look('fleet-draining');
  await portal.api('/clusters/eu-1/uncordon', { method: 'POST', body: {} });
  await expect
    .poll(
      async () =>
        (
          await portal.api<Cluster>('/clusters/eu-1')
        ).body.scheduling.state,
    )
    .toBe('open');
});

test('a cluster that goes silent is unknown on every page', async () => {
  const power = (on: boolean) =>
    portal.api('/playground/clusters/us-1/power', {
      method: 'PUT',
      body: { on },
    });
  await power(false);
  await isIn('shop', 'prod', 'Unknown');
  for (const [name, address] of [
    ['fleet-silent', '/callboard'],
    ['app-silent', '/callboard/apps/shop'],
    ['cluster-silent', '/callboard/clusters/us-1'],
    ['audit-silent', '/callboard/audit'],
  ]) {
    await go(address);
    await look(name);
  }
  await power(true);
  await isIn('shop', 'prod', 'Healthy');
});

test('history tells the hour, and an auditor reads how it was', async () => {
  await go(`/callboard/audit?at=${then}`);
  await expect(page.getByText(/^As it was on/).first()).toBeVisible();
  await look('audit-past');
  await go(`/callboard?at=${then}`);
  await look('fleet-past');
  await go('/callboard/apps/shop?tab=history');
  await expect(page.getByText(/shop was created/).first()).toBeVisible();
  await look('app-history');
});

test('search finds apps, and an unknown address says where to go', async () => {
  await go('/callboard/apps?q=card');
  await expect(page.getByRole('row', { name: /cards/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /shop/ })).toHaveCount(0);
  await look('apps-found');
  await go('/callboard/apps/shopp');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look('unknown-app');
  await go('/callboard/nowhere');
  await expect(page.getByText('No such page').first()).toBeVisible();
  await look('unknown-page');
});

test('while the portal is down pages say so; after a start they read before they judge', async () => {
  await go('/callboard');
  await expect(page.getByText(/^8 clusters/)).toBeVisible();
  await portal.kill();
  await expect(
    page.getByText(/^As of \d\d:\d\d:\d\d: 8 clusters/),
  ).toBeVisible();
  await look('fleet-offline');
  await portal.start();
  await expect(page.getByText('Callboard is not answering')).toHaveCount(0);
  await go('/callboard');
  await look('fleet-restarted');
});

test('no page failed on the way', () => {
  expect(pageErrors).toEqual([]);
});
