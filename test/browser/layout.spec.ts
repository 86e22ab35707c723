import { type Page, expect, test } from '@playwright/test';
import { findBrokenNames } from './support/findBrokenNames';
import { findContrastFaults } from './support/findContrastFaults';
import { findLayoutFaults } from './support/findLayoutFaults';
import { findTextFaults } from './support/findTextFaults';
import { Preview } from './support/Preview';
import { takeScreenshots } from './support/takeScreenshots';

// Every page and dialog with names as long as they may be, from a laptop to the narrowest phone, and at a zoom of 200 %.

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
  ['settings', `${APP}?tab=settings`, new RegExp(long('checkout'), 'i')],
  [
    'settings-lacking',
    `${SICK_APP}?tab=settings&env=dev`,
    new RegExp(long('payments'), 'i'),
  ],
  ['history', `${APP}?tab=history`, new RegExp(long('checkout'), 'i')],
  ['logs', `${APP}?tab=logs`, new RegExp(long('checkout'), 'i')],
  ['usage', `${APP}?tab=usage`, new RegExp(long('checkout'), 'i')],
  ['kubernetes', `${APP}?tab=kubernetes`, new RegExp(long('checkout'), 'i')],
  ['cluster', CLUSTER, new RegExp(long('eu-1'))],
  ['add-cluster', '/callboard/add-cluster', 'Add cluster'],
  ['map', '/callboard?view=map', 'Fleet'],
  [
    'compare',
    `/callboard?compare=${long('eu-1')}%2Cap-1&sel=${long('eu-1')}%2Cap-1`,
    'Fleet',
  ],
  ['what-if', `/callboard?ask=drain&on=${long('eu-1')}`, 'Fleet'],
  ['audit', '/callboard/audit', 'Audit'],
  ['environments', '/callboard/environments', 'Environments'],
  ['policies', '/callboard/policies', 'Policies'],
  ['rollout', '/callboard/apps/catalogue', 'Catalogue'],
  ['building', '/callboard/apps/translate', 'Translate'],
  ['scarce', '/callboard/apps/cards', 'Card vault'],
  ['nothing-released', `/callboard/apps/${long('ledger')}`, /^ledger/i],
  ['nowhere', '/callboard/nowhere', 'No such page'],
];

/** Address and title of what is said before it is done. */
const DIALOGS: Array<[name: string, address: string, title: RegExp]> = [
  ['promote', `${APP}?do=promote&in=prod&bring=44`, /^Promote release 44/],
  ['warned', `${APP}?do=promote&in=prod&bring=41`, /release 41/],
  ['roll-back-to', `${SICK_APP}?do=promote&in=dev&bring=43`, /release 43/],
  ['pause', '/callboard/apps/catalogue?do=pause&in=prod', /^Pause/],
  ['abort', '/callboard/apps/catalogue?do=abort&in=prod', /^Abort/],
  ['stop', `${APP}?do=stop&in=prod`, /^Stop/],
  ['scale', `${APP}?do=scale&in=prod`, /^Scale/],
  ['remove-from', `${APP}?do=remove&in=prod`, /^Remove .* from Production/],
  ['delete', `${APP}?do=delete`, /^Delete/],
  ['set', `${APP}?tab=settings&env=prod&do=set`, /^Set a setting/],
  [
    'set-secret',
    `${APP}?tab=settings&env=prod&do=set&setting=PAYMENT_KEY`,
    /^Set PAYMENT_KEY/,
  ],
  [
    'remove-setting',
    `${APP}?tab=settings&env=dev&do=remove&setting=LOG_LEVEL`,
    /^Remove LOG_LEVEL/,
  ],
  [
    'take-back',
    `${APP}?tab=settings&do=take-back&setting=LOG_LEVEL&change=3`,
    /^Take back change 3/,
  ],
  [
    'rotate',
    `${APP}?tab=settings&env=prod&do=rotate&resource=checkout-db`,
    /^Rotate the secrets/,
  ],
  [
    'delete-data',
    `${APP}?do=delete-data&in=prod&on=${long('eu-1')}`,
    /^Delete data of/,
  ],
  [
    'forget-data',
    `${APP}?do=delete-data&in=prod&on=${long('us-1')}`,
    /^Forget data of/,
  ],
  ['cordon', `${CLUSTER}?do=cordon`, /^Cordon/],
  ['drain', `${CLUSTER}?do=drain`, /^Drain/],
  ['remove', `${CLUSTER}?do=remove`, /^Remove/],
  [
    'cordon-several',
    `/callboard?sel=${long('eu-1')}%2C${long('us-1')}&several=cordon`,
    /^Cordon 2 clusters/,
  ],
  [
    'label-several',
    `/callboard?sel=${long('eu-1')}%2C${long('us-1')}&several=label`,
    /^Label 2 clusters/,
  ],
];

/** CSS pixels: a laptop, a small window, a laptop at a zoom of 200 %, a phone, and the narrowest. */
const WIDTHS = [1280, 1000, 720, 640, 390, 320];

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
  test(`${name}: one name, nothing sideways, nothing cut without its whole text, nothing faint`, () =>
    walk(name, address, title));
}

for (const [name, address, title] of DIALOGS) {
  test(`the dialog ${name}: nothing sideways, nothing cut, its buttons in sight, nothing faint`, () =>
    walkDialog(name, address, title));
}

async function walkDialog(name: string, address: string, title: RegExp) {
  await page.goto(`${preview.url}${address}`);
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog).toBeVisible();
  await expect(dialog.locator('[class*="bui-Skeleton"]')).toHaveCount(0);
  for (const width of WIDTHS) {
    await expectNoFaults(width);
    const foot = dialog.locator('[class*="DialogFooter"]');
    for (const button of await foot.getByRole('button').all())
      await expect
        .soft(button, `at ${width}`)
        .toBeInViewport({ ratio: 1, timeout: 3_000 });
  }
  await expectReadable();
  await keepSnapshots(`layout-dialog-${name}`);
}

/** The page is drawn again for a width, not loaded: people turn their phones and drag their windows. */
async function expectNoFaults(width: number): Promise<void> {
  await page.setViewportSize({ width, height: 844 });
  await expect
    .configure({ soft: true })
    .poll(
      async () => [
        ...(await findLayoutFaults(page)),
        ...(await findTextFaults(page)),
      ],
      { message: `at ${width}`, timeout: 3_000 },
    )
    .toEqual([]);
}

/** By day and by night. */
async function expectReadable(): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 844 });
  await expectReadableIn('dark');
  await expectReadableIn('light');
}

async function expectReadableIn(theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page
    .locator(`body[data-theme-mode='${theme}']`)
    .waitFor({ state: 'attached' });
  await expect
    .configure({ soft: true })
    .poll(() => findContrastFaults(page), {
      message: `in ${theme}`,
      timeout: 3_000,
    })
    .toEqual([]);
}

/** Only who looks at pictures needs them. */
async function keepSnapshots(name: string): Promise<void> {
  if (process.env.CALLBOARD_ALL_PICTURES) await takeScreenshots(page, name);
}

async function walk(name: string, address: string, title: string | RegExp) {
  await page.goto(`${preview.url}${address}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.getByText('Loading')).toHaveCount(0);
  await expect(page.locator('main [class*="bui-Skeleton"]')).toHaveCount(0);
  for (const width of WIDTHS) await expectNoFaults(width);
  await expectReadable();
  await keepSnapshots(`layout-${name}`);
}

test('every page fits the narrowest phone with its menu', async () => {
  await page.setViewportSize({ width: 320, height: 844 });
  await page.goto(`${preview.url}/callboard`);
  const bar = page.getByTestId('mobile-sidebar-root');
  for (const entry of await bar.getByRole('button').all())
    await expect(entry).toBeInViewport({ ratio: 1 });
  await expect(bar.getByRole('button')).toHaveCount(3);
});

test('the card of Callboard comes first on catalog pages of apps and clusters', async () => {
  await preview.show('normal');
  for (const entity of ['component/checkout', 'resource/eu-1']) {
    await page.goto(`${preview.url}/catalog/default/${entity}`);
    const cards = page.locator('main, article, section').getByRole('heading', {
      name: /^(Callboard|About|Relations|Depends on|Has )/,
    });
    const own = page.getByRole('heading', { name: 'Callboard', exact: true });
    const about = page.getByRole('heading', { name: 'About', exact: true });
    await expect(own).toBeVisible();
    await expect(about).toBeVisible();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expect(cards.first()).toHaveText('Callboard');
      const [first, second] = [
        await own.boundingBox(),
        await about.boundingBox(),
      ];
      expect(first!.y, `${entity} at ${width}`).toBeLessThan(second!.y);
    }
  }
});

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
