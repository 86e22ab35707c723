import type {
  App,
  AppEnvironment,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterPortal } from './support/enterPortal';
import { Portal } from './support/Portal';
import { Repository } from './support/Repository';
import { takeScreenshots } from './support/takeScreenshots';
import { textAtName } from './support/textAtName';

// The first week of a real app: a database, settings, a secret, its own
// address, a migration that fails, its output, its size, and its end.

test.describe.configure({ mode: 'serial' });

const SECRET = 'sk-0815-never-to-be-seen';

const SCORE = `apiVersion: score.dev/v1b1
metadata: { name: tickets }
containers:
  web:
    image: .
    variables:
      DATABASE_URL: \${resources.db.url}
      GREETING: \${resources.env.GREETING}
      PAYMENT_KEY: \${resources.vault.PAYMENT_KEY}
    readinessProbe:
      httpGet: { path: /ready, port: 8080 }
service:
  ports:
    web: { port: 80, targetPort: 8080 }
resources:
  db: { type: postgres }
  env: { type: environment }
  vault: { type: secret }
`;

/** Sells a ticket per visit, and writes down who asked. */
const SERVER = `const { createServer } = require('node:http');
const { openDatabase } = require('./wireClient.cjs');
const { DATABASE_URL, GREETING, PAYMENT_KEY } = process.env;
async function ask(...statements) {
  const { ask: query, end } = await openDatabase(DATABASE_URL);
  try {
    let rows;
    for (const statement of statements) rows = await query(statement);
    return rows;
  } finally {
    end();
  }
}
async function sell() {
  const [count] = await ask("INSERT INTO tickets VALUES ('one')", 'SELECT count(*) FROM tickets');
  return GREETING + ', ticket ' + count;
}
ask('CREATE TABLE IF NOT EXISTS tickets (name text)').then(() =>
  createServer((request, response) => {
    if (request.url === '/ready') return response.end('ready');
    console.log('somebody asks for ' + request.url + ', the key is ' + PAYMENT_KEY);
    sell().then(
      text => response.end(text),
      error => response.writeHead(503).end(error.message),
    );
  }).listen(8080),
).catch(error => { console.error(error.message); process.exit(1); });
`;

const WITH_MIGRATION = {
  'app.yaml': `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: tickets }
spec:
  deploy:
    migrate: { kind: Job, runs: before-release, retries: 0 }
`,
  'migrate/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: migrate }
containers:
  main:
    image: .
    command: [node, migrate.js]
    variables: { DATABASE_URL: "\${resources.db.url}" }
resources:
  db: { type: postgres, id: tickets.db }
`,
};

let portal: Portal;
let page: Page;
let repository: Repository;

const environment = async (name: string): Promise<AppEnvironment> => {
  const { body } = await portal.api<App>('/apps/tickets');
  return body.environments.find(each => each.name === name)!;
};

const turns = (name: string, status: string) =>
  expect
    .poll(async () => (await environment(name)).health.status, {
      timeout: 90_000,
    })
    .toBe(status);

/** What it answers in development by its own name. */
const visit = async (): Promise<string> => {
  return textAtName((await environment('dev')).url!);
};

const open = (query = '') =>
  page.goto(`${portal.url}/callboard/apps/tickets${query}`);

const set = async (
  dialog: Locator,
  { value, isSecret = false }: { value: string; isSecret?: boolean },
): Promise<void> => {
  if (isSecret)
    await expect(
      dialog.getByRole('radio', { name: /^Secret Nobody/ }),
    ).toBeChecked();
  await dialog.getByLabel(/^Value/).fill(value);
  await dialog.getByLabel(/^Why/).fill('the first week');
  await dialog.getByRole('button', { name: /^Set / }).click();
  await expect(dialog).toBeHidden();
};

/** Chooses an action of an environment, and its dialog. */
const choose = async (action: string, title: string): Promise<Locator> => {
  await open();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page
    .getByRole('group', { name: title })
    .getByRole('menuitem', { name: action })
    .click();
  return page.getByRole('dialog');
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  portal = await Portal.create();
  await portal.start();
  page = await browser.newPage();
  repository = await Repository.create({
    'score.yaml': SCORE,
    'package.json': JSON.stringify({
      name: 'tickets',
      private: true,
      scripts: { start: 'node server.js' },
    }),
    'server.js': SERVER,
    'wireClient.cjs': readFileSync(
      join(__dirname, '../src/support/wireClient.cjs'),
      'utf8',
    ),
  });
  await enterPortal(page, portal.signInUrl());
});

test.afterAll(async () => {
  await page?.close();
  await repository?.remove();
  await portal?.remove();
});

test('says what a release lacks, and starts it once that is set', async () => {
  const pushed = repository.push(portal.cloneUrl('tickets'));
  await expect
    .poll(async () => (await portal.api<App>('/apps/tickets')).status, {
      timeout: 60_000,
    })
    .toBe(200);
  await open('?tab=settings&env=dev');
  await page
    .getByRole('button', { name: 'Set GREETING in Development' })
    .click();
  await set(page.getByRole('dialog'), { value: 'Welcome' });
  await page
    .getByRole('button', { name: 'Set PAYMENT_KEY in Development' })
    .click();
  await set(page.getByRole('dialog'), { value: SECRET, isSecret: true });
  await turns('dev', 'Healthy');
  await pushed;
  expect(await visit()).toBe('Welcome, ticket 1');
  expect(await visit()).toBe('Welcome, ticket 2');
});

test('answers by its own name, and its page leads there', async () => {
  await open();
  const link = page.getByRole('link', { name: /^tickets\.dev\.localhost/ });
  const shop = page.waitForEvent('popup');
  await link.click();
  await expect((await shop).getByText(/^Welcome, ticket 3/)).toBeVisible();
  await (await shop).close();
});

test('shows its output as it is written, without the secret', async () => {
  await open('?tab=logs&env=dev');
  const output = page.getByLabel('Output');
  await expect(output.getByText(/somebody asks for/).first()).toBeVisible();
  const { url } = await environment('dev');
  await textAtName(`${url}/tombola`);
  await expect(
    output.getByText(/somebody asks for \/tombola, the key is •••/),
  ).toBeVisible();
  expect(await page.content()).not.toContain(SECRET);
});

test('keeps the release before when a migration fails, and says why', async () => {
  await repository.commit('Number the tickets', {
    ...WITH_MIGRATION,
    'migrate.js': `console.error('Error: column "number" does not exist'); process.exit(4);`,
  });
  const { ok, text } = await repository.push(portal.cloneUrl('tickets'));
  expect(`${ok} ${text}`).toMatch(/migrate/);
  await turns('dev', 'Degraded');
  await open();
  await expect(
    page.getByText(/column "number" does not exist/).first(),
  ).toBeVisible();
  await takeScreenshots(page, 'migration-failed');
  expect(await visit()).toMatch(/^Welcome, ticket/);

  await repository.commit('Number the tickets again', {
    'migrate.js': `require('./wireClient.cjs').openDatabase(process.env.DATABASE_URL)
  .then(async ({ ask, end }) => { await ask('ALTER TABLE tickets ADD COLUMN number int'); end(); })
  .catch(error => { console.error(error.message); process.exit(1); });`,
    'server.js': SERVER.replace(
      "VALUES ('one')",
      "(name, number) VALUES ('one', 1)",
    ),
  });
  const again = await repository.push(portal.cloneUrl('tickets'));
  expect(again.text).toContain('Healthy');
  expect(await visit()).toMatch(/^Welcome, ticket \d+/);
});

test('gets another size, other passwords, and a rest', async () => {
  const scale = await choose('Scale…', 'Development');
  await scale.getByLabel(/^Replicas/).fill('2');
  await scale.getByRole('button', { name: 'Scale in Development' }).click();
  await expect(scale).toBeHidden();
  await expect
    .poll(async () => (await environment('dev')).clusters[0].instances, {
      timeout: 60_000,
    })
    .toEqual({ ready: 2, wanted: 2 });

  await open('?tab=settings&env=dev');
  await page
    .getByRole('button', { name: /^Rotate the secrets of / })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Rotate' })
    .click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await turns('dev', 'Healthy');
  await expect
    .poll(() => visit().catch(error => error.message), { timeout: 60_000 })
    .toMatch(/^Welcome, ticket \d+/);

  const stop = await choose('Stop…', 'Development');
  await stop.getByRole('button', { name: 'Stop in Development' }).click();
  await expect(stop).toBeHidden();
  await turns('dev', 'Suspended');
  expect((await environment('dev')).health.reason).toBe('Stopped');
  await open();
  await takeScreenshots(page, 'app-stopped');
  const url = `http://tickets.dev.localhost:${portal.port}`;
  await expect
    .poll(() => textAtName(url), { timeout: 30_000 })
    .toMatch(/app-not-running/);

  const start = await choose('Start…', 'Development');
  await start.getByRole('button', { name: 'Start in Development' }).click();
  await turns('dev', 'Healthy');
  expect(await visit()).toMatch(/^Welcome, ticket \d+/);
});

test('is deleted by its name; the journal still tells, and its data stays', async () => {
  await open();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete app…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/stays/).first()).toBeVisible();
  const confirm = dialog.getByRole('button', { name: 'Delete', exact: true });
  await expect(confirm).toBeDisabled();
  await takeScreenshots(page, 'app-delete');
  await dialog.getByLabel('Type tickets to confirm').fill('tickets');
  await confirm.click();
  await expect(page.getByText(/^tickets was deleted/).first()).toBeVisible();
  await expect
    .poll(async () => (await portal.api('/apps/tickets')).status)
    .toBe(404);
  const { body } = await portal.api<{ items: JournalEntry[] }>('/journal');
  expect(JSON.stringify(body)).toContain('tickets');
  expect(JSON.stringify(body)).not.toContain(SECRET);
});
