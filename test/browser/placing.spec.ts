import type {
  AppEnvironment,
  App,
  Cluster,
  ItemList,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import { type Page, expect, test } from '@playwright/test';
import { enterPortal } from './support/enterPortal';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import { shopFiles } from './support/shopFiles';
import { takeScreenshots } from './support/takeScreenshots';

test.describe.configure({ mode: 'serial' });

/** Three replicas on two of the three production clusters, so that one is spare: the first holds two of them. */
const TWO_OF_THREE = `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec:
  environments:
    - name: prod
      replicas: 3
      placement: { numberOfClusters: 2, replicaScheduling: {} }
`;

let portal: Portal;
let page: Page;
let home: string;
let spare: string;

const prodOf = async (app: string): Promise<AppEnvironment | undefined> => {
  const { body } = await portal.api<App>(`/apps/${app}`);
  return body.environments?.find(({ name }) => name === 'prod');
};

const healthyIn = (app: string) =>
  expect
    .poll(async () => (await prodOf(app))?.health.status, { timeout: 60_000 })
    .toBe('Healthy');

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  portal = await Portal.create();
  await portal.start();
  page = await (await browser.newContext()).newPage();
  const shop = await Repository.create({
    ...shopFiles('shop', 'The shop is open'),
    'app.yaml': TWO_OF_THREE,
  });
  const push = await shop.push(portal.cloneUrl('shop'));
  await shop.remove();
  expect(push.remote.join('\n')).toMatch(/Healthy after/i);
  await portal.api('/apps/shop/environments/prod/promotions', {
    method: 'POST',
    body: { release: 1 },
  });
  await healthyIn('shop');
  await healthyIn('hello');
  const places = (await prodOf('shop'))!.clusters.map(each => each.cluster);
  const everywhere = (await prodOf('hello'))!.clusters.map(
    each => each.cluster,
  );
  [home] = places;
  [spare] = everywhere.filter(name => !places.includes(name));
});

test.afterAll(async () => {
  await page?.context().close();
  await portal?.remove();
});

test('the fleet page says what would become of the apps, and a link says it too', async () => {
  await enterPortal(page, portal.signInUrl());
  await page.getByRole('button', { name: 'What if…' }).click();
  await page.getByRole('button', { name: /Where/ }).click();
  await page.getByRole('option', { name: new RegExp(`^${home} · `) }).click();
  const sentence = `Draining ${home} moves 1 app (2 instances); 1 has nowhere else to run.`;
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(
    page.getByText(`It stays on ${home} until another cluster takes it.`),
  ).toBeVisible();
  await page.reload(); // the address holds the question, and the page begins at its top
  await expect(page.getByText(sentence)).toBeVisible();
  await takeScreenshots(page, 'what-if');

  const colleague = await page.context().newPage();
  await colleague.goto(page.url());
  await expect(colleague.getByText(sentence)).toBeVisible();
  await colleague.close();
});

test('the pages say how many replicas each cluster has, and why', async () => {
  await page.goto(`${portal.url}/callboard/apps/shop`);
  for (const share of [2, 1])
    await expect(
      page.getByText(`its share of 3 instances: ${share}`, { exact: true }),
    ).toBeVisible();
  await page.goto(`${portal.url}/callboard/apps/shop?tab=placement&env=prod`);
  await expect(
    page.getByText(`Runs 3 instances: 2 on ${home} and 1 on`),
  ).toBeVisible();
  await expect(
    page.getByTestId(`verdict-${home}`).getByText(/^It runs 2 of 3 instances/),
  ).toBeVisible();
  await takeScreenshots(page, 'placement-divided');
});

test('it rehearses labels, blueprints and lost clusters', async () => {
  const question = (search: string) =>
    page.goto(`${portal.url}/callboard?${search}`);
  await question(`ask=label&on=${home}&label=env%3Ddev`);
  await expect(
    page.getByText(
      `Labelling ${home} env=dev moves 1 app (2 instances); 1 finds fewer clusters than wanted.`,
    ),
  ).toBeVisible();
  await takeScreenshots(page, 'what-if-label');
  await question('ask=blueprint&on=runs%3Agolden&blueprint=pci%402');
  await expect(
    page.getByText(
      /^Running pci 2 on every cluster that runs golden moves no app/,
    ),
  ).toBeVisible();
  await takeScreenshots(page, 'what-if-blueprint');
  await page.goto(`${portal.url}/callboard/clusters/${home}`);
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: 'What if it is lost?' }).click();
  await expect(
    page.getByText(
      `Losing ${home} moves 1 app (2 instances); 1 finds fewer clusters than wanted.`,
    ),
  ).toBeVisible();
  await takeScreenshots(page, 'what-if-lost');
});

test('a drain is rehearsed, then seen: what finds a place moves, what finds none stays', async () => {
  await page.goto(`${portal.url}/callboard/clusters/${home}`);
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: 'Drain…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(
    dialog.getByText(
      `Draining ${home} moves 1 app (2 instances); 1 has nowhere else to run.`,
    ),
  ).toBeVisible();
  await takeScreenshots(page, 'drain-rehearsal');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('Its disks go');
  await dialog.getByRole('button', { name: `Drain ${home}` }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Its disks go').first()).toBeVisible();

  await expect
    .poll(
      async () =>
        (await prodOf('shop'))!.clusters
          .map(({ cluster, health }) => `${cluster} ${health.status}`)
          .sort(),
      { timeout: 60_000 },
    )
    .not.toContainEqual(expect.stringContaining(home));
  await expect(page.getByText('1 app left').first()).toBeVisible();
  await expect(page.getByText(/No other cluster takes it/)).toBeVisible();
  await takeScreenshots(page, 'cluster-draining');

  const shop = (await prodOf('shop'))!;
  expect(shop.health.status).toBe('Healthy');
  expect(shop.clusters.map(({ cluster }) => cluster)).toContain(spare);
  const hello = (await prodOf('hello'))!.clusters.find(
    ({ cluster }) => cluster === home,
  );
  expect(hello?.health.status).toBe('Healthy');
  const { body } = await portal.api<ItemList<JournalEntry>>(
    `/journal?cluster=${home}`,
  );
  expect(
    body.items.find(({ action }) => action === 'cluster.drained'),
  ).toMatchObject({ why: 'Its disks go' });
});

test('opened again it takes apps, and what moved stays where it is', async () => {
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: 'Accept apps again…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Accept apps again' })
    .click();
  await expect(page.getByText('1 app left', { exact: true })).toBeHidden();
  const { body } = await portal.api<Cluster>(`/clusters/${home}`);
  expect(body.scheduling).toEqual({ state: 'open' });
  const shop = (await prodOf('shop'))!;
  expect(shop.clusters.map(({ cluster }) => cluster)).not.toContain(home);
});
