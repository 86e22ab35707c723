import type {
  App,
  AppEnvironment,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { type Page, expect, test } from '@playwright/test';
import { enterPortal } from './support/enterPortal';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import { beforeOpening, shopFiles } from './support/shopFiles';
import { takeScreenshots } from './support/takeScreenshots';

test.describe.configure({ mode: 'serial' });

const WITHOUT_DATABASE = beforeOpening(
  "console.error('Error: the database does not answer'); process.exit(3);",
  'The shop needs a database',
);

const OPENS_LATE_MS = 12_000; // long enough to press Pause before the first wave is up
const OPENS_LATE = beforeOpening(
  `setTimeout(open, ${OPENS_LATE_MS});`,
  'The shop has a database',
);

let portal: Portal;
let page: Page;
let shop: Repository;

const prod = async (): Promise<AppEnvironment> => {
  const { body } = await portal.api<App>('/apps/shop');
  return body.environments.find(({ name }) => name === 'prod')!;
};

const rollout = async (): Promise<RolloutAnswer> =>
  (await portal.api<RolloutAnswer>('/apps/shop/environments/prod/rollout'))
    .body;

const comesTo = (phase: RolloutAnswer['phase']) =>
  expect
    .poll(async () => (await rollout()).phase, { timeout: 90_000 })
    .toBe(phase);

const releases = async () =>
  (await prod()).clusters.map(
    ({ cluster, release, health }) => `${cluster} ${release} ${health.status}`,
  );

const promote = async (release: number) => {
  const { status } = await portal.api(
    '/apps/shop/environments/prod/promotions',
    { method: 'POST', body: { release } },
  );
  expect(status).toBe(202);
};

const push = async () => {
  const { remote } = await shop.push(portal.cloneUrl('shop'));
  expect(remote.join('\n')).toMatch(/Healthy after/i);
};

const act = async (name: string, says: RegExp) => {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(says)).toBeVisible();
  await dialog.getByRole('button', { name, exact: true }).click();
  await expect(dialog).toBeHidden();
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  portal = await Portal.create();
  await portal.start();
  page = await browser.newPage();
  shop = await Repository.create(shopFiles('shop', 'The shop is open'));
  await push();
  await promote(1);
  await comesTo('done');
  await shop.commit('Keep a database', WITHOUT_DATABASE);
  await push();
});

test.afterAll(async () => {
  await page?.close();
  await shop?.remove();
  await portal?.remove();
});

test('a release that fails on the first cluster halts there; the others keep serving', async () => {
  await enterPortal(page, portal.signInUrl());
  await page.goto(`${portal.url}/callboard/apps/shop`);
  await promote(2);
  // The page moves by itself, and says why under the cluster that caused it.
  const cause = page.getByTestId('cell-ap-1');
  await expect(cause.getByText('Failed', { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await expect(cause.getByText(/exit code 3/)).toBeVisible();
  for (const cluster of ['eu-1', 'us-1'])
    await expect(
      page.getByTestId(`cell-${cluster}`).getByText('To come'),
    ).toBeVisible();
  await expect
    .poll(releases)
    .toEqual(['ap-1 2 Degraded', 'eu-1 1 Healthy', 'us-1 1 Healthy']);
  for (const { cluster, urls } of (await prod()).clusters)
    if (cluster !== 'ap-1')
      expect(await (await fetch(urls[0])).text()).toBe('The shop is open');
  await page.goto(`${portal.url}/callboard/apps/shop?tab=placement&env=prod`);
  await expect(page.getByTestId('verdict-ap-1')).toBeVisible();
  await takeScreenshots(page, 'rollout-halted');
  await page.goto(`${portal.url}/callboard/apps/shop`);
});

test('rolling back says what it will do, and does it', async () => {
  await act(
    'Roll back to release 1',
    /ap-1 rolls back to release 1, all at once; eu-1/,
  );
  await comesTo('done');
  await expect
    .poll(releases, { timeout: 60_000 })
    .toEqual(['ap-1 1 Healthy', 'eu-1 1 Healthy', 'us-1 1 Healthy']);
  await expect(page.getByText(/rolled back everywhere/)).toBeVisible();
});

test('a rollout is paused, survives a reload, and is resumed', async () => {
  await shop.commit('Wait for the database', OPENS_LATE);
  await push();
  await promote(3);
  await expect.poll(async () => (await rollout()).purpose).toBe('roll-out');
  await act('Pause', /Nothing new starts until someone resumes it/);
  await page.reload();
  await expect(
    page.getByText(/^Paused: 1 of 3 clusters has release 3/),
  ).toBeVisible();
  await expect(
    page.getByTestId('cell-us-1').getByText('To come'),
  ).toBeVisible();
  await takeScreenshots(page, 'rollout-paused');
  await page.goto(`${portal.url}/callboard/apps/shop?tab=placement&env=prod`);
  await expect(page.getByTestId('verdict-us-1')).toBeVisible();
  await act('Resume', /It continues wave by wave/);
  await comesTo('done');
  await expect(page.getByText(/rolled out everywhere/)).toBeVisible();
  for (const { urls } of (await prod()).clusters)
    expect(await (await fetch(urls[0])).text()).toBe('The shop has a database');
  await takeScreenshots(page, 'rollout-done', ['wide-light']);
});
