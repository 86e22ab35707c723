import type {
  App,
  Cluster,
  ItemList,
  PlacementAnswer,
} from '@callboard/plugin-callboard-common';
import { type Page, expect, test } from '@playwright/test';
import { enterPortal } from './support/enterPortal';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import { CRASHING_SERVER, shopFiles, workingServer } from './support/shopFiles';
import { listDescendants, readCommand } from './support/processes';
import { takeScreenshots } from './support/takeScreenshots';
import { textAtName } from './support/textAtName';

test.describe.configure({ mode: 'serial' });

let portal: Portal;
let page: Page;
let shop: Repository;

const environment = async (app: string, name: string) => {
  const { body } = await portal.api<App>(`/apps/${app}`);
  return body.environments?.find(candidate => candidate.name === name)!;
};
const pageErrors: string[] = [];

const textAt = async (url: string) => (await fetch(url)).text();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  portal = await Portal.create();
  await portal.start();
  page = await browser.newPage();
  // A directive of the Content-Security-Policy that a page runs into is an error on it.
  page.on('pageerror', error => pageErrors.push(error.message));
});

test.afterAll(async () => {
  await page?.close();
  await shop?.remove();
  await portal?.remove();
});

test('npm start ends with where it is, how to push and how to sign in', async () => {
  const [ready, push, signIn] = portal.output.trimEnd().split('\n').slice(-3);
  expect(ready).toBe(`Callboard is ready  ${portal.url}`);
  expect(push).toMatch(
    new RegExp(
      `^Push an app {9}git push http://dev:[0-9a-f]+@localhost:${portal.port}/api/callboard/git/<app>\\.git main$`,
    ),
  );
  expect(signIn).toBe(`Sign in             ${portal.signInUrl()}`);
  expect(signIn).toMatch(/#key=[0-9a-f]{40}$/);
});

test('nobody gets in without the key', async ({ browser }) => {
  const guest = `${portal.url}/api/auth/guest/refresh`;
  for (const key of ['', '0'.repeat(40)]) {
    const answer = await fetch(guest, {
      method: 'POST',
      headers: { 'x-callboard-key': key },
    });
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('token');
  }
  const stranger = await browser.newPage();
  await stranger.goto(`${portal.url}/#key=${'0'.repeat(40)}`);
  await expect(
    stranger.getByRole('heading', { name: 'Sign in to Callboard' }),
  ).toBeVisible();
  expect(stranger.url()).not.toContain('key=');
  await expect(stranger.getByRole('alert')).toContainText(
    'not the one of this portal',
  );
  await stranger
    .getByLabel('Sign-in address or key')
    .fill(portal.signInUrl('/callboard'));
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(stranger.getByRole('heading', { name: 'Fleet' })).toBeVisible();
  // The browser stays signed in; its cookie alone opens nothing.
  await stranger.goto(`${portal.url}/callboard`);
  await expect(stranger.getByRole('heading', { name: 'Fleet' })).toBeVisible();
  const [cookie] = await stranger.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  const stolen = await fetch(guest, {
    headers: { cookie: `${cookie.name}=${cookie.value}` },
  });
  expect(stolen.status).toBe(401);
  await stranger.close();
});

test('pages connect to the portal alone and evaluate no text', async () => {
  const { headers } = await fetch(portal.url);
  const policy = headers.get('content-security-policy')!.split(';');
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy.join()).not.toContain('unsafe-eval');
});

test('the portal opens on the fleet, with one app that runs', async () => {
  await enterPortal(page, portal.signInUrl());
  for (const cluster of [
    'eu-1',
    'us-1',
    'ap-1',
    'pci-1',
    'edge-101',
    'edge-102',
    'staging-1',
    'dev-1',
  ]) {
    await expect(
      page.getByRole('link', { name: cluster }).first(),
    ).toBeVisible();
  }
  await expect
    .poll(async () => (await environment('hello', 'prod'))?.health.status, {
      timeout: 60_000,
    })
    .toBe('Healthy');
  await expect(page.getByText(/^8 clusters, all live/).first()).toBeVisible();
  await takeScreenshots(page, 'fleet');
});

test('the playground has a drain that moves the example app to the other store', async () => {
  await expect
    .poll(async () => (await environment('hello', 'edge'))?.health.status)
    .toBe('Healthy');
  await page.getByText(/^Playground:/).click();
  await expect(
    page.getByText(/^Draining edge-10[12] · .* moves hello to edge-10[12]\./),
  ).toBeVisible();
  await page.getByRole('link', { name: /^Drain edge-10[12]…/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(
    dialog.getByText(/^Draining edge-10[12] moves 1 app\b/),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('a push of an app that nobody registered ends Healthy while git waits', async () => {
  shop = await Repository.create(shopFiles('shop', 'The shop is open'));
  const push = await shop.push(portal.cloneUrl('shop'));
  expect(push.text).toContain('main -> main');
  expect(push.ok).toBe(true);
  const said = push.remote.join('\n');
  expect(said).toMatch(/release 1/i);
  expect(said).toMatch(/dev-1/);
  expect(said).toMatch(/Healthy after \d/i);
  expect(push.remote.length).toBeLessThanOrEqual(12);
  for (const line of push.remote) expect(line.length).toBeLessThanOrEqual(80);
  const url = push.remote.find(line => /^\s*http:\/\/\S+$/.test(line))!.trim();
  expect(url).toBe(`http://shop.dev.localhost:${portal.port}`);
  expect(await textAtName(url)).toBe('The shop is open');
});

test('the page of the app answers without scrolling', async () => {
  await page.goto(`${portal.url}/callboard/apps/shop`);
  await expect(page.getByText(/Release 1 is healthy/).first()).toBeInViewport();
  await expect(page.getByText('dev-1').first()).toBeInViewport();
  await expect(page.getByText('What changed').first()).toBeInViewport();
  await takeScreenshots(page, 'app-healthy');
});

test('the app and its clusters are in the catalog', async () => {
  const tab = page.locator(
    'a[href$="/catalog/default/component/shop/callboard"]',
  );
  await expect(async () => {
    await page.goto(`${portal.url}/catalog/default/component/shop`);
    await expect(tab).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await tab.click();
  await expect(page.getByText(/Release 1 is healthy/).first()).toBeVisible();
  await page.goto(`${portal.url}/catalog/default/resource/eu-1`);
  await expect(page.getByText('kubernetes-cluster').first()).toBeVisible();
});

test('a promotion runs on three clusters in three regions, and says why', async () => {
  await page.goto(`${portal.url}/callboard/apps/shop`);
  await page
    .getByRole('button', { name: /^Promote/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Promote/ })
    .click();
  await expect
    .poll(async () => (await environment('shop', 'prod')).health.status, {
      timeout: 60_000,
    })
    .toBe('Healthy');
  const prod = await environment('shop', 'prod');
  expect(prod.clusters.map(({ cluster }) => cluster).sort()).toEqual([
    'ap-1',
    'eu-1',
    'us-1',
  ]);
  for (const { urls } of prod.clusters)
    expect(await textAt(urls[0])).toBe('The shop is open');
  const { body } = await portal.api<PlacementAnswer>(
    '/apps/shop/environments/prod/placement',
  );
  expect(body.satisfied).toBe(true);
  expect(body.verdicts).toHaveLength(8);
  for (const { verdict, reasons } of body.verdicts) {
    if (verdict === 'refused') expect(reasons.length).toBeGreaterThan(0);
  }
  // The page moved by itself.
  await expect(page.getByText(/3 of 3/).first()).toBeVisible();
  await takeScreenshots(page, 'app-promoted');
  await page.goto(`${portal.url}/callboard/apps/shop?tab=placement&env=prod`);
  await expect(page.getByText('pci-1').first()).toBeVisible();
  await takeScreenshots(page, 'placement');
});

test('"Open" asks where, and the Kubernetes view shows what made what', async () => {
  await page.goto(`${portal.url}/callboard/apps/shop`);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const places = page.getByRole('menuitem');
  await expect(places).toHaveCount(2);
  const { port } = new URL(portal.url);
  for (const [title, name] of [
    ['Production', `shop.prod.localhost:${port}`],
    ['Development', `shop.dev.localhost:${port}`],
  ])
    await expect(places.filter({ hasText: `${title} (${name})` })).toHaveCount(
      1,
    );
  await page.keyboard.press('Escape');
  expect(await textAtName(`http://shop.prod.localhost:${port}`)).toBe(
    'The shop is open',
  );

  await page.goto(
    `${portal.url}/callboard/apps/shop?tab=kubernetes&env=prod&cluster=eu-1`,
  );
  await expect(
    page.getByText(/^kubectl --context eu-1 --namespace shop--prod get all/),
  ).toBeVisible();
  const tree = page.getByRole('list', { name: 'Objects' });
  await expect(
    tree.getByRole('list', { name: /^Made by Deployment/ }).first(),
  ).toBeVisible();
  await tree.locator('summary', { hasText: /^Deployment/ }).click();
  const opened = tree.locator('details[open]');
  await expect(opened.getByRole('definition').first()).toBeVisible();
  await expect(opened.locator('pre')).toHaveText(
    /^apiVersion: apps\/v1\s+kind: Deployment\s+metadata:[^]*\sspec:[^]*\sstatus:/,
  );
});

test('search says why it found something, and an address that leads nowhere where to go', async () => {
  const results = page.locator('main li, article li').filter({
    has: page.getByRole('link'),
  });
  await expect(async () => {
    await page.goto(`${portal.url}/search?query=edge`);
    await expect(results.first()).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
  for (const result of await results.all())
    await expect(result).toContainText(/edge/i);
  await page.goto(`${portal.url}/nowhere/at-all`);
  await expect(page.getByText('Nothing is at /nowhere/at-all.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'All apps' })).toBeVisible();
});

test('the API is a page of the catalog, with every operation', async () => {
  await page.goto(`${portal.url}/api-docs`);
  const api = page.getByRole('link', { name: 'Callboard', exact: true });
  await expect(api.first()).toBeVisible();
  await page.goto(`${portal.url}/catalog/default/api/callboard/definition`);
  for (const address of ['/apps/{app}/releases', '/fleet/what-if'])
    await expect(
      page.getByText(address, { exact: true }).first(),
    ).toBeVisible();
});

test('a release that crashes is told in a developer’s words, and production stays', async () => {
  await page.goto(`${portal.url}/callboard/apps/shop`);
  await shop.commit('Ask the database', { 'server.js': CRASHING_SERVER });
  const push = await shop.push(portal.cloneUrl('shop'));
  const said = push.remote.join('\n');
  expect(said).toMatch(/the variable DATABASE_URL is not set/);
  expect(said).toContain('| Error: DATABASE_URL is not set');
  expect(push.remote.at(-1)).toBe(`${portal.url}/callboard/apps/shop`);
  await expect
    .poll(async () => (await environment('shop', 'dev')).health.status)
    .toBe('Degraded');
  await expect(
    page.getByText(/the variable DATABASE_URL is not set/).first(),
  ).toBeVisible();
  await expect(
    page.getByText('Error: DATABASE_URL is not set').first(),
  ).toBeVisible();
  await takeScreenshots(page, 'app-crashed');
  const prod = await environment('shop', 'prod');
  expect([prod.health.status, prod.release?.number]).toEqual(['Healthy', 1]);
  expect(await textAt(prod.clusters[0].urls[0])).toBe('The shop is open');

  await shop.commit('Do without the database', {
    'server.js': workingServer('The shop is open again'),
  });
  expect((await shop.push(portal.cloneUrl('shop'))).remote.join('\n')).toMatch(
    /Healthy after/i,
  );
  const dev = await environment('shop', 'dev');
  expect(await textAt(dev.clusters[0].urls[0])).toBe('The shop is open again');
});

test('an app that requires PCI runs on the PCI cluster only', async () => {
  const files = shopFiles('cards', 'Cards are safe');
  const cards = await Repository.create({
    ...files,
    'app.yaml': `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: cards }
spec:
  requires: { blueprint: pci }
`,
  });
  try {
    expect(
      (await cards.push(portal.cloneUrl('cards'))).remote.join('\n'),
    ).toMatch(/Healthy after/i);
    const { body } = await portal.api<PlacementAnswer>(
      '/apps/cards/environments/dev/placement',
    );
    const verdicts = Object.fromEntries(
      body.verdicts.map(({ cluster, verdict }) => [cluster, verdict]),
    );
    expect(verdicts['pci-1']).toBe('chosen');
    expect(
      Object.values(verdicts).filter(verdict => verdict === 'refused'),
    ).toHaveLength(7);
    const refused = body.verdicts.find(({ cluster }) => cluster === 'eu-1')!;
    expect(refused.reasons.map(({ rule }) => rule)).toContain('runs-blueprint');
    await portal.api('/apps/cards/environments/prod/promotions', {
      method: 'POST',
      body: { release: 1 },
    });
    await expect
      .poll(async () => (await environment('cards', 'prod')).health.status, {
        timeout: 60_000,
      })
      .toBe('Healthy');
    const prod = await portal.api<PlacementAnswer>(
      '/apps/cards/environments/prod/placement',
    );
    expect(prod.body.satisfied).toBe(false);
    await page.goto(
      `${portal.url}/callboard/apps/cards?tab=placement&env=prod`,
    );
    await expect(page.getByText(/blueprint/i).first()).toBeVisible();
    await takeScreenshots(page, 'placement-pci');
  } finally {
    await cards.remove();
  }
});

test('every cluster runs its blueprint without drift', async () => {
  await expect
    .poll(async () => {
      const { body } = await portal.api<ItemList<Cluster>>('/clusters');
      return body.items
        .map(
          ({ name, blueprint }) =>
            `${name} ${blueprint?.name} ${blueprint?.state} ${blueprint?.drift.length}`,
        )
        .sort();
    })
    .toEqual([
      'ap-1 golden applied 0',
      'dev-1 golden applied 0',
      'edge-101 edge applied 0',
      'edge-102 edge applied 0',
      'eu-1 golden applied 0',
      'pci-1 pci applied 0',
      'staging-1 golden applied 0',
      'us-1 golden applied 0',
    ]);
  await page.goto(`${portal.url}/callboard/clusters/pci-1`);
  await expect(page.getByText(/runs blueprint pci/i).first()).toBeVisible();
  await takeScreenshots(page, 'cluster');
});

test('a template makes a new service that turns Healthy', async () => {
  await page.goto(`${portal.url}/create`);
  await page.getByText('New service').first().click();
  await page.goto(`${portal.url}/create/templates/default/new-service`);
  await page.getByLabel(/^Name/).fill('tickets');
  await page.getByRole('button', { name: /Next|Review/ }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect
    .poll(async () => (await environment('tickets', 'dev'))?.health.status, {
      timeout: 60_000,
    })
    .toBe('Healthy');
  await page
    .getByRole('link', { name: /app’s page|app's page|Open/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/callboard\/apps\/tickets/);
  await expect(page.getByText(/Release 1 is healthy/).first()).toBeVisible();
});

test('a cluster that is switched off is Unknown everywhere, and converges when it is back', async () => {
  await portal.api('/playground/clusters/us-1/power', {
    method: 'PUT',
    body: { on: false },
  });
  await page.goto(`${portal.url}/callboard/apps/shop`);
  await expect
    .poll(
      async () => {
        const prod = await environment('shop', 'prod');
        const there = prod.clusters.find(({ cluster }) => cluster === 'us-1')!;
        return [there.health.status, prod.health.status];
      },
      { timeout: 20_000 },
    )
    .toEqual(['Unknown', 'Unknown']);
  await expect(page.getByText(/last seen/).first()).toBeVisible();
  await takeScreenshots(page, 'app-unknown');
  await page.goto(`${portal.url}/callboard`);
  await expect(page.getByText(/7 live/).first()).toBeVisible();
  await takeScreenshots(page, 'fleet-unknown');
  await portal.api('/playground/clusters/us-1/power', {
    method: 'PUT',
    body: { on: true },
  });
  await expect
    .poll(async () => (await environment('shop', 'prod')).health.status, {
      timeout: 60_000,
    })
    .toBe('Healthy');
});

test('kill -9 in the middle of a rollout: it goes on after the restart', async () => {
  test.setTimeout(240_000);
  const release = (await environment('shop', 'dev')).release!.number;
  await portal.api('/apps/shop/environments/prod/promotions', {
    method: 'POST',
    body: { release },
  });
  await portal.kill();
  await portal.start();
  await expect
    .poll(
      async () => {
        const prod = await environment('shop', 'prod');
        return [
          prod.health.status,
          ...prod.clusters
            .map(cluster => `${cluster.cluster} ${cluster.release}`)
            .sort(),
        ];
      },
      { timeout: 90_000 },
    )
    .toEqual([
      'Healthy',
      `ap-1 ${release}`,
      `eu-1 ${release}`,
      `us-1 ${release}`,
    ]);
  const prod = await environment('shop', 'prod');
  for (const { urls } of prod.clusters) {
    await expect
      .poll(() => textAt(urls[0]).catch(error => error.message))
      .toBe('The shop is open again');
  }
});

test('no page failed on the way', () => {
  expect(pageErrors).toEqual([]);
});

test('Ctrl-C ends it and every process that it started', async () => {
  const started = await listDescendants(await portal.backendPid());
  const commands = await Promise.all(started.map(readCommand));
  expect(
    commands.filter(command => command.includes('server.js')).length,
  ).toBeGreaterThan(3);
  await portal.stop(); // with a page open, whose signals connect again at once
  expect(portal.output).not.toMatch(/was killed/);
  await expect
    .poll(async () =>
      (
        await Promise.all(started.map(readCommand))
      ).filter((command, index) => command === commands[index]),
    )
    .toEqual([]);
});
