import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type Page,
  expect,
  test,
} from '@playwright/test';
import { enterPortal } from './support/enterPortal';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import { shopFiles, workingServer } from './support/shopFiles';
import { takeScreenshots, takeSideBySide } from './support/takeScreenshots';
import { WatchedWindow } from './support/WatchedWindow';

test.describe.configure({ mode: 'serial' });

// Pages of this portal ask only when a signal tells them to, so that nothing hides a channel that is closed.
const WITHOUT_POLLING = 'callboard:\n  pages:\n    poll: false\n';

let portal: Portal;
let folder: string;
let config: string;
let shop: Repository;
let windows: BrowserContext[] = [];
/** Where somebody acts. */
let here: Page;
/** What somebody else looks at meanwhile, and never touches. */
let there: Page;
let watch: WatchedWindow;

async function openWindow(
  browser: Browser,
  prepare?: (page: Page) => void,
): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  windows.push(context);
  const page = await context.newPage();
  prepare?.(page);
  await enterPortal(page, portal.signInUrl());
  return page;
}

/**
 * A change in one window is seen in the other: a signal brought it, and nothing
 * was polled. How long it took is told; test/load/live.bench.ts judges it.
 */
async function seesInTheOther(
  what: string,
  text: RegExp,
  act: () => Promise<void>,
): Promise<void> {
  const { delayMs, signals, requests } = await watch.sees(text, {
    other: here,
    act,
  });
  expect(signals).toBeGreaterThan(0);
  expect(requests.length).toBeGreaterThan(0);
  watch.expectNoPolling();
  await takeSideBySide([here, there], `two-windows-${what}`);
  const reported = `${delayMs} ms after the press, by ${signals} signals, with ${requests.length} requests`;
  test.info().annotations.push({ type: what, description: reported });
  process.stdout.write(`      ${what}: in the other window ${reported}\n`);
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'callboard-live-'));
  config = join(folder, 'app-config.live.yaml');
  await writeFile(config, WITHOUT_POLLING);
  portal = await Portal.create({ configs: [config] });
  await portal.start();
  shop = await Repository.create(shopFiles('shop', 'The shop is open'));
  here = await openWindow(browser);
  there = await openWindow(browser, page => {
    watch = new WatchedWindow(page);
  });
});

test.afterAll(async () => {
  await Promise.all(windows.map(window => window.close()));
  windows = [];
  await shop?.remove();
  await portal?.remove();
  await rm(folder, { recursive: true, force: true });
});

test('a first push appears in a window that shows all apps', async () => {
  await there.goto(`${portal.url}/callboard/apps`);
  await expect(
    there.getByRole('heading', { name: 'Apps' }).first(),
  ).toBeVisible();
  await expect(there.getByText('shop', { exact: true })).toHaveCount(0);
  const pushing = shop.push(portal.cloneUrl('shop'));
  await expect(there.getByRole('row', { name: /shop/ })).toBeVisible();
  expect((await pushing).ok).toBe(true);
});

test('a push and a promotion in one window are seen in the other', async () => {
  const address = `${portal.url}/callboard/apps/shop`;
  await there.goto(address);
  await expect(
    there.getByText('Release 1 is healthy in Development').first(),
  ).toBeVisible();
  await shop.commit('Open on Sundays', {
    'server.js': workingServer('The shop is open on Sundays'),
  });
  expect((await shop.push(portal.cloneUrl('shop'))).ok).toBe(true);
  await expect(
    there.getByText('Release 2 is healthy in Development').first(),
  ).toBeVisible();

  await here.goto(address);
  await here
    .getByRole('button', { name: /^Promote/ })
    .first()
    .click();
  await seesInTheOther(
    'promotion',
    /^(?!.*ready for Production).*[Pp]roduction/,
    () =>
      here
        .getByRole('dialog')
        .getByRole('button', { name: /^Promote/ })
        .click(),
  );
});

test('a cordon in one window is seen in the fleet of the other', async () => {
  await there.goto(`${portal.url}/callboard`);
  await expect(there.getByText(/8 clusters, all live; /)).toBeVisible();
  await here.goto(`${portal.url}/callboard/clusters/eu-1`);
  await here.getByRole('button', { name: 'Manage' }).click();
  await here.getByRole('menuitem', { name: 'Cordon…' }).click();
  await seesInTheOther('cordon', /8 clusters, all live, 1 cordoned; /, () =>
    here
      .getByRole('dialog')
      .getByRole('button', { name: /^Cordon/ })
      .click(),
  );
  await expect(here.getByText(/^eu-1 is live, is cordoned/)).toBeVisible();
});

test('a portal that was killed is said in every window, and nothing acts until it answers', async () => {
  // A page that never asks cannot know; from here on it does, as people have it.
  await portal.stop();
  await writeFile(config, 'callboard: {}\n');
  await portal.start();
  await there.goto(`${portal.url}/callboard`);
  await shop.commit('Close on Mondays', {
    'server.js': workingServer('The shop is closed on Mondays'),
  });
  expect((await shop.push(portal.cloneUrl('shop'))).ok).toBe(true);
  await here.goto(`${portal.url}/callboard/apps/shop`);
  const act = here.getByRole('button', { name: /^Promote/ });
  await expect(act.first()).toBeEnabled();
  await portal.kill();
  for (const page of [here, there]) {
    const band = page.getByRole('alert').filter({ hasText: 'not answering' });
    await expect(band).toHaveText(
      /Callboard is not answering\. Last data: \d\d:\d\d:\d\d\./,
    );
  }
  // What was true is told as what was, and no mark is green.
  await expect(
    there.getByText(/^As of \d\d:\d\d:\d\d: 8 clusters/),
  ).toBeVisible();
  await expect(
    there.locator('main').getByText('Healthy', { exact: true }),
  ).toHaveCount(0);
  await expect(act.first()).toBeDisabled();
  await expect(
    there.getByRole('link', { name: 'Add cluster' }),
  ).toHaveAttribute('aria-disabled', 'true');
  // A rollout is no exception: nothing of it is drawn as done.
  await expect(
    here.locator("[data-testid^='cell-'][data-state='done']"),
  ).toHaveCount(0);
  await takeScreenshots(there, 'fleet-offline');
  await takeScreenshots(here, 'app-offline');

  await portal.start();
  for (const page of [here, there])
    await expect(page.getByText('Callboard is not answering')).toHaveCount(0);
  await expect(act.first()).toBeEnabled();
  await expect(
    there.getByText(/^8 clusters, all live, 1 cordoned; /),
  ).toBeVisible();
});
