import { type Page, expect, test } from '@playwright/test';
import { Preview } from './support/Preview';
import { takeScreenshots } from './support/takeScreenshots';

// How a cluster joins, stops, and is removed, in a real browser; by keyboard where a person would.
test.describe.configure({ mode: 'serial' });

let preview: Preview;
let page: Page;

test.beforeAll(async ({ browser }) => {
  preview = await Preview.start();
  page = await browser.newPage();
});

test.afterAll(async () => {
  await page?.close();
  await preview?.stop();
});

const open = async (address: string) => {
  await page.goto(`${preview.url}${address}`);
};

test('a cluster is described by keyboard, and checked while it is typed', async () => {
  await preview.show('registered');
  await open('/callboard');
  await page.getByRole('link', { name: 'Add cluster' }).click();
  const name = page.getByRole('textbox', { name: /^Name/ });
  await name.focus();
  await page.keyboard.type('Store');
  await expect(page.getByText(/capital letter "S"/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('store-7');
  await expect(page.getByText(/capital letter/)).toBeHidden();
  await page.getByRole('button', { name: 'Set env to edge' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Value of env' })).toHaveValue(
    'edge',
  );
  await page.getByRole('radio', { name: /^Golden/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Edge/ })).toBeChecked();
  await takeScreenshots(page, 'add-cluster');
  await name.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/callboard\/clusters\/store-7\/join$/);
});

test('the line is there once; after a reload everything else is, and a new line', async () => {
  const line = page.getByText(/^kubectl apply -f /);
  await expect(line).toBeVisible();
  await expect(page.getByText(/works once, \d+ min left/)).toBeVisible();
  await takeScreenshots(page, 'join-cluster');
  await page.reload();
  await expect(page.getByText('Token used')).toBeVisible();
  await expect(line).toBeHidden();
  await page.getByRole('button', { name: 'Make a new command' }).click();
  await expect(line).toBeVisible();
});

test('the steps move on by themselves, the same for everybody, and end at the cluster', async ({
  browser,
}) => {
  const other = await browser.newPage();
  await other.goto(page.url());
  await preview.show('normal');
  for (const each of [page, other]) {
    await expect(each.getByText('store-7 has joined the fleet.')).toBeVisible({
      timeout: 60_000,
    });
  }
  await other.close();
  await takeScreenshots(page, 'join-cluster-ready');
  await page.getByRole('link', { name: 'Open store-7' }).click();
  await expect(
    page.getByText('Its agent dials out to the portal'),
  ).toBeVisible();
});

test('where it stops it says why and what next', async () => {
  await preview.show('stuck');
  await open('/callboard/clusters/store-7/join');
  await expect(
    page.getByText('store-7 cannot join: it stopped at “rights checked”.'),
  ).toBeVisible();
  await expect(page.getByText(/may not list nodes/)).toBeVisible();
  await takeScreenshots(page, 'join-cluster-failed');
});

test('a cluster with apps is removed only by its name', async () => {
  await preview.show('busy');
  await open('/callboard/clusters/store-7');
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Better drain it first.')).toBeVisible();
  const confirm = dialog.getByRole('button', { name: 'Remove store-7' });
  await expect(confirm).toBeDisabled();
  await takeScreenshots(page, 'remove-cluster');
  await dialog.getByRole('textbox').fill('store-7');
  await confirm.click();
  await expect(page).toHaveURL(/\/callboard$/);
});

test('a page of the past says so, stays in it, and goes back', async () => {
  await preview.show('normal');
  await open('/callboard?at=2026-08-20T14:05:00Z');
  await expect(page.getByText(/As it was on/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Add cluster' })).toBeHidden();
  await takeScreenshots(page, 'fleet-past');
  await page.getByRole('link', { name: 'eu-1' }).first().click();
  await expect(page).toHaveURL(/clusters\/eu-1\?at=/);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page).toHaveURL(/clusters\/eu-1$/);
  await expect(page.getByText(/As it was on/)).toBeHidden();
});

test('what is not there is said, with what may have been meant', async () => {
  await open('/callboard/apps/chekout');
  await expect(page.getByText('There is no app “chekout”.')).toBeVisible();
  await takeScreenshots(page, 'not-found');
  await page.getByRole('link', { name: 'checkout' }).click();
  await expect(page).toHaveURL(/\/callboard\/apps\/checkout$/);
  await open('/callboard/nowhere');
  await expect(
    page.getByText('Nothing is at /callboard/nowhere.'),
  ).toBeVisible();
});
