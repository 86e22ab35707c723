import { type Page, expect, test } from '@playwright/test';
import { findBrokenNames } from './support/findBrokenNames';
import { findLayoutFaults } from './support/findLayoutFaults';
import { Preview } from './support/Preview';
import { takeScreenshots } from './support/takeScreenshots';

// Every page with names as long as they may be, from a laptop to a phone, and at a zoom of 200 %.

const LONGEST = 63;
const long = (name: string) =>
  `${name}-${'which-has-the-longest-name-that-is-allowed-'.repeat(2)}`
    .slice(0, LONGEST)
    .replace(/-$/, 'x');

const APP = `/callboard/apps/${long('checkout')}`;
const SICK_APP = `/callboard/apps/${long('payments')}`;
const CLUSTER = `/callboard/clusters/${long('eu-1')}`;

/** Address and the name that its head shows. */
const PAGES: Array<[name: string, address: string, title: string | RegExp]> = [
  ['fleet', '/callboard', 'Fleet'],
  ['apps', '/callboard/apps', 'Apps'],
  ['app', APP, new RegExp(long('checkout'), 'i')],
  ['sick-app', SICK_APP, new RegExp(long('payments'), 'i')],
  ['releases', `${APP}?tab=releases`, new RegExp(long('checkout'), 'i')],
  ['placement', `${APP}?tab=placement`, new RegExp(long('checkout'), 'i')],
  ['history', `${APP}?tab=history`, new RegExp(long('checkout'), 'i')],
  ['logs', `${APP}?tab=logs`, new RegExp(long('checkout'), 'i')],
  ['kubernetes', `${APP}?tab=kubernetes`, new RegExp(long('checkout'), 'i')],
  ['cluster', CLUSTER, new RegExp(long('eu-1'))],
  ['add-cluster', '/callboard/add-cluster', 'Add cluster'],
  ['nowhere', '/callboard/nowhere', 'No such page'],
];

/** CSS pixels: a laptop, a small window, a laptop at a zoom of 200 %, a phone. */
const WIDTHS = [1280, 720, 640, 390];

let preview: Preview;
let page: Page;

test.beforeAll(async ({ browser }) => {
  preview = await Preview.start();
  await preview.show('long');
  page = await browser.newPage({ reducedMotion: 'reduce' });
});

test.afterAll(async () => {
  await page?.close();
  await preview?.stop();
});

for (const [name, address, title] of PAGES) {
  test(`${name}: one name, nothing sideways, nothing cut without its whole text`, () =>
    walk(name, address, title));
}

async function walk(name: string, address: string, title: string | RegExp) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${preview.url}${address}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByText('Loading')).toHaveCount(0);
    await expect(page.locator('main [class*="bui-Skeleton"]')).toHaveCount(0);
    expect.soft(await findLayoutFaults(page), `at ${width}`).toEqual([]);
  }
  await takeScreenshots(page, `layout-${name}`);
}

test('no name breaks at its hyphen, at any width, and it is copied as it is', async () => {
  await preview.show('normal');
  for (const address of [
    '/callboard',
    '/callboard/audit',
    '/callboard/clusters/eu-1',
    '/callboard/apps/checkout',
    '/callboard/apps/checkout?tab=placement',
    '/callboard/apps/checkout?tab=history',
  ]) {
    await page.setViewportSize({ width: 1280, height: 844 });
    await page.goto(`${preview.url}${address}`);
    await expect(page.locator('main [class*="bui-Skeleton"]')).toHaveCount(0);
    for (let width = 390; width <= 1280; width += 10) {
      await page.setViewportSize({ width, height: 844 });
      expect
        .soft(await findBrokenNames(page), `${address} at ${width}`)
        .toEqual([]);
    }
  }
  await page.goto(`${preview.url}/callboard/clusters/eu-1`);
  const sentence = page.getByText(/^eu-1 is live, runs blueprint/);
  await sentence.selectText();
  expect(await page.evaluate(() => String(getSelection()))).toMatch(
    /^eu-1 is live, runs blueprint golden 3/,
  );
});
