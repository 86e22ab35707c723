import { type Page, expect, test } from '@playwright/test';
import { findHidden } from './support/findHidden';
import { findLayoutFaults } from './support/findLayoutFaults';
import { Preview } from './support/Preview';
import { takeScreenshots } from './support/takeScreenshots';

// A window of 1280 × 800 at a zoom of 200 %: half as many CSS pixels, each of them four of the screen.

const WINDOW = { width: 640, height: 400 };

const APP = '/callboard/apps/checkout';

/** Those that docs show have pictures of their own. */
const PAGES: Array<[name: string, address: string, picture?: 'picture']> = [
  ['fleet', '/callboard', 'picture'],
  ['fleet as a map', '/callboard?view=map'],
  ['a comparison', '/callboard?compare=eu-1,us-1'],
  ['what if', '/callboard?ask=drain&on=eu-1'],
  ['apps', '/callboard/apps', 'picture'],
  ['app', APP, 'picture'],
  ['an app that crashed', '/callboard/apps/payments'],
  ['rollout', '/callboard/apps/catalogue', 'picture'],
  ['releases', `${APP}?tab=releases`],
  ['placement', `${APP}?tab=placement`],
  ['settings', `${APP}?tab=settings&env=prod`],
  ['history', `${APP}?tab=history`],
  ['logs', `${APP}?tab=logs`],
  ['kubernetes', `${APP}?tab=kubernetes`],
  ['cluster', '/callboard/clusters/eu-1', 'picture'],
  ['a drain', '/callboard/clusters/eu-1?do=drain'],
  ['audit', '/callboard/audit'],
  ['add cluster', '/callboard/add-cluster'],
];

let preview: Preview;
let page: Page;

test.beforeAll(async ({ browser }) => {
  preview = await Preview.start();
  const context = await browser.newContext({
    viewport: WINDOW,
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
});

test.afterAll(async () => {
  await page?.context().close();
  await preview?.stop();
});

for (const each of PAGES)
  test(`${each[0]} at 200 %: its name and its verdict are whole, and everything can be pressed`, () =>
    look(each));

async function look([name, address, picture]: (typeof PAGES)[number]) {
  await page.setViewportSize(WINDOW);
  await page.goto(`${preview.url}${address}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.locator('main [class*="bui-Skeleton"]')).toHaveCount(0);
  if (address.includes('do=drain'))
    await expect(page.getByRole('dialog')).toBeVisible();
  await expect
    .poll(async () => [
      ...(await findLayoutFaults(page)),
      ...(await findHidden(page)),
    ])
    .toEqual([]);
  if (picture) await takeScreenshots(page, name, ['zoom-light', 'zoom-dark']);
}
