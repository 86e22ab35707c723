import { type Page, expect, test } from '@playwright/test';
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
const PHONE = 390;

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
    expect.soft(await faultsOf(page, width), `at ${width}`).toEqual([]);
  }
  await takeScreenshots(page, `layout-${name}`);
}

/** Everything on the page that breaks a rule of layout, in words. */
function faultsOf(shown: Page, width: number): Promise<string[]> {
  return shown.evaluate(
    ({ isPhone }) => {
      const faults: string[] = [];
      const name = (element: Element) =>
        `${element.tagName.toLowerCase()} “${(
          element.getAttribute('aria-label') ??
          element.textContent ??
          ''
        ).slice(0, 50)}”`;
      const isSeen = (element: Element) => {
        const { width: wide, height } = element.getBoundingClientRect();
        return wide > 1 && height > 1;
      };
      const { documentElement: root } = document;
      if (root.scrollWidth > root.clientWidth)
        faults.push(`the page is ${root.scrollWidth} wide`);
      const [head, ...more] = document.querySelectorAll('h1');
      if (more.length > 0) faults.push(`${more.length + 1} h1`);
      if (head.scrollWidth > head.clientWidth) faults.push('the h1 is cut');
      for (const grid of document.querySelectorAll('[role="grid"], table')) {
        const label = grid.getAttribute('aria-label');
        if (!label || label === 'Data table') faults.push(`grid ${label}`);
      }
      for (const element of document.querySelectorAll('main *')) {
        if (
          !isSeen(element) ||
          element.closest('pre, svg, [aria-hidden="true"]')
        )
          continue;
        const { left, right } = element.getBoundingClientRect();
        const isScrolled = element.closest('[data-scrolls]') !== null;
        if (!isScrolled && (right > root.clientWidth + 1 || left < -1))
          faults.push(`${name(element)} ends at ${Math.round(right)}`);
        const style = getComputedStyle(element);
        const isCut =
          /hidden|clip/.test(style.overflowX) &&
          element.scrollWidth > element.clientWidth + 1 &&
          element.clientWidth > 1;
        if (!isCut) continue;
        if (style.textOverflow !== 'ellipsis')
          faults.push(`${name(element)} is cut without an ellipsis`);
        else if (
          !element.closest('[title]') &&
          !element.querySelector('[title]')
        )
          faults.push(`${name(element)} does not say its whole text`);
      }
      if (!isPhone) return [...new Set(faults)];
      for (const target of document.querySelectorAll(
        'main button, main nav a, main a[class*="bui-Button"], main a[data-strong], header button, header a',
      )) {
        if (!isSeen(target)) continue;
        const { height } = target.getBoundingClientRect();
        if (height < 43.5)
          faults.push(`${name(target)} is ${Math.round(height)} high`);
      }
      return [...new Set(faults)];
    },
    { isPhone: width === PHONE },
  );
}
