import { type Locator, type Page, expect, test } from '@playwright/test';
import { Preview } from './support/Preview';

// The main paths by keyboard alone, as somebody who sees goes them and as a screen reader tells them.

const FURTHEST = 80; // stops: more than any page has before what is looked for

let preview: Preview;
let page: Page;

test.beforeAll(async ({ browser }) => {
  preview = await Preview.start();
  await preview.show('normal');
  page = await browser.newPage({
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  page.setDefaultTimeout(60_000);
});

test.afterAll(async () => {
  await page?.close();
  await preview?.stop();
});

const focused = (): Locator => page.locator(':focus');

const open = async (address: string, title: string): Promise<void> => {
  await page.goto(`${preview.url}${address}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.locator('main [class*="bui-Skeleton"]')).toHaveCount(0);
};

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate(element => element === document.activeElement);

/** Role and name of what has the focus: `button "Manage"`. */
async function said(): Promise<string> {
  if ((await focused().count()) === 0) return ''; // of the browser itself
  const [first] = (await focused().ariaSnapshot()).split('\n');
  return first
    .replace(/^- /, '')
    .replace(/:$/, '')
    .replace(/^'(.*)'$/, '$1');
}

/** Presses Tab until the focus is there; each stop on the way has a name, and the last one is seen to have the focus. */
async function tabTo(target: Locator, key = 'Tab'): Promise<string[]> {
  const stops: string[] = [];
  while (stops.length < FURTHEST) {
    await page.keyboard.press(key);
    const stop = await said();
    stops.push(stop);
    if (stop === '' && stops.length === 1) continue;
    expect(stop, `after ${stops.join(', ')}`).toMatch(/^(?:\w+ ["/]|text: \w)/); // Chromium tells a summary as text
    if (await isFocused(target)) {
      await expectVisibleFocus();
      return stops;
    }
  }
  throw new Error(`Tab does not reach it: ${stops.join(', ')}`);
}

/** Without the focus the same place looks different. */
async function expectVisibleFocus(): Promise<void> {
  const element = await focused().elementHandle();
  // A box that is ticked is drawn by what is around its input.
  const box = (await page.evaluate(each => {
    const { x, y, width, height } = (
      each!.closest('label') ?? each!
    ).getBoundingClientRect();
    return { x, y, width, height };
  }, element))!;
  const clip = {
    x: Math.max(0, box.x - 6),
    y: Math.max(0, box.y - 6),
    width: box.width + 12,
    height: box.height + 12,
  };
  const look = () => page.screenshot({ clip, animations: 'disabled' });
  const withFocus = await look();
  const without = await lookWithoutFocus(look);
  expect(withFocus.equals(without), `${await said()} shows no focus`).toBe(
    false,
  );
}

/** A dialog keeps the focus, so there it goes one stop back and returns. */
async function lookWithoutFocus(look: () => Promise<Buffer>): Promise<Buffer> {
  const element = await focused().elementHandle();
  const isHeld = await element!.evaluate(
    each => each.closest('[role="dialog"]') !== null,
  );
  if (isHeld) await page.keyboard.press('Shift+Tab');
  else await element!.evaluate(each => (each as HTMLElement).blur());
  const without = await look();
  if (isHeld) await page.keyboard.press('Tab');
  else await element!.evaluate(each => (each as HTMLElement).focus());
  return without;
}

/** The focus is in the dialog, does not leave it by Tab, and is back where it was after Escape. */
async function passDialog(name: RegExp, opener: Locator): Promise<void> {
  // A menu that closes is a dialog for a moment as well.
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  const isInside = () =>
    dialog.evaluate(element => element.contains(document.activeElement));
  await expect.poll(isInside).toBe(true);
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press('Tab');
    expect(await isInside(), `Tab ${stop} leaves the dialog`).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
}

const button = (name: string | RegExp): Locator =>
  page.getByRole('button', { name });

test('a developer opens an app, looks at a promotion and leaves it', async () => {
  await open('/callboard/apps', 'Apps');
  const stops = await tabTo(page.getByRole('row', { name: /^Card vault/ }));
  // The order is that of the page: the menu, what acts, the search, the filters, the rows.
  const order = ['Fleet', 'New service', 'Search name', 'All 7', 'Card vault'];
  const places = order.map(name =>
    stops.findIndex(stop => stop.includes(name)),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));

  // A table is one stop; arrows move in it.
  const row = page.getByRole('row', { name: /^Checkout/ });
  for (let down = 0; down < 7 && !(await isFocused(row)); down += 1)
    await page.keyboard.press('ArrowDown');
  await expect(row).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Checkout');
  const promote = button('Promote release 44 to Production');
  await tabTo(promote);
  await page.keyboard.press('Enter');
  await passDialog(/^Promote release 44/, promote);

  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('dialog').getByRole('button', { name: 'Cancel' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(promote).toBeFocused();
});

test('a developer stops an app where it runs, and is told before what that does', async () => {
  await open('/callboard/apps/checkout', 'Checkout');
  await tabTo(button('Actions'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('End'); // to delete it
  const menu = page.getByRole('menu').getByRole('menuitem');
  const items = await menu.allTextContents();
  const steps = items.length - 1 - items.lastIndexOf('Stop…'); // in Production
  for (let step = 0; step < steps; step += 1)
    await page.keyboard.press('ArrowUp');
  await expect(menu.nth(items.lastIndexOf('Stop…'))).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', {
    name: 'Stop Checkout in Production',
  });
  await expect(dialog).toContainText('2 → 0 instances');
  await tabTo(dialog.getByRole('button', { name: 'Stop in Production' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
});

test('views of an app are links that say which is open', async () => {
  await open('/callboard/apps/checkout', 'Checkout');
  await tabTo(page.getByRole('link', { name: 'Placement' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/tab=placement/);
  await expect(page.getByRole('link', { name: 'Placement' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(
    page.getByRole('table', { name: 'Why these clusters' }),
  ).toBeVisible();
});

test('a platform engineer asks what if, and comes back to the question', async () => {
  await open('/callboard', 'Fleet');
  const whatIf = button('What if…');
  await tabTo(whatIf);
  await page.keyboard.press('Enter');
  await expect(whatIf).toHaveAttribute('aria-expanded', 'true');
  await expect(whatIf).toBeFocused();
  await tabTo(button(/Where$/));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.type('eu-1');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/on=eu-1/);
  await expect(button(/Where$/)).toBeFocused();
  await expect(page.getByText(/eu-1 moves/).first()).toBeVisible();
  await tabTo(button('Close what if'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(whatIf).toBeFocused();
  await expect(whatIf).toHaveAttribute('aria-expanded', 'false');
});

test('a platform engineer selects several clusters and cordons them', async () => {
  await open('/callboard', 'Fleet');
  await page.keyboard.press('/');
  expect(await said()).toMatch(/^searchbox "Search clusters/);
  await page.keyboard.type('us');
  await expect(page).toHaveURL(/q=us/);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/q=/);

  const grid = page.getByRole('grid', { name: 'Clusters with env Production' });
  await tabTo(grid.getByRole('row', { name: /^ap-1/ }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/sel=ap-1%2Ceu-1/);
  const bar = page.getByRole('group', { name: 'Selected clusters' });
  await expect(bar).toContainText('2 clusters selected');

  const cordon = bar.getByRole('button', { name: 'Cordon…' });
  await tabTo(cordon, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await passDialog(/^Cordon 2 clusters/, cordon);

  await tabTo(bar.getByRole('button', { name: 'Compare' }));
  await page.keyboard.press('Enter');
  await tabTo(button('Close comparison'));
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('button', { name: 'Compare' })).toBeFocused();
  await tabTo(bar.getByRole('button', { name: 'Clear selection' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
});

test('the map is one stop, and arrows move in it', async () => {
  await open('/callboard?view=map', 'Fleet');
  await tabTo(page.getByRole('link', { name: /^dev-1/ }));
  await page.keyboard.press('ArrowRight');
  await expect(focused()).toHaveAccessibleName(/^staging-1/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/staging-1/);
});

test('a drain that is chosen from a menu gives the focus back to it', async () => {
  await open('/callboard/clusters/eu-1', 'eu-1 · Frankfurt');
  const manage = button('Manage');
  await tabTo(manage);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Cordon…' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Drain…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await passDialog(/^Drain eu-1/, manage);
});

test('a developer sets a secret that a release lacks', async () => {
  await open('/callboard/apps/payments?tab=settings&env=dev', 'Payments');
  const set = button('Set RATES_TOKEN in Development');
  await tabTo(set);
  await page.keyboard.press('Enter');
  await passDialog(/^Set RATES_TOKEN/, set);

  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Set RATES_TOKEN/ });
  await tabTo(dialog.getByRole('textbox', { name: 'Value' }));
  await page.keyboard.type('4711');
  await tabTo(dialog.getByRole('button', { name: 'Set RATES_TOKEN' }));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole('group', { name: /^RATES_TOKEN is set in Development/ }),
  ).toBeFocused();
});

test('an auditor walks the timeline into the past and back', async () => {
  await open('/callboard/apps/checkout?tab=history', 'Checkout');
  await tabTo(button(/^Release 44 in Development/));
  await page.keyboard.press('ArrowLeft');
  expect(await said()).toMatch(/^button "Release 43 in Development/);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^As it was on/).first()).toBeVisible();
  await expect(button('Back to now')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^As it was on/)).toHaveCount(0);
});

test('history is filtered, and what was folded is opened', async () => {
  await open('/callboard/apps/checkout?tab=history', 'Checkout');
  await tabTo(button(/Kind$/));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/kind=releases/);
  await expect(button(/Kind$/)).toBeFocused();
  const push = page.locator('summary', { hasText: /^ana pushed/ }).first();
  await page.keyboard.press('Tab');
  for (let stop = 0; stop < 6 && !(await isFocused(push)); stop += 1)
    await page.keyboard.press('Tab');
  await expect(push).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(push.locator('..')).toHaveAttribute('open', '');
});

test('a screen reader hears landmarks, one title, headings and names', async () => {
  await open('/callboard/apps/checkout', 'Checkout');
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - status: /Release 42 is healthy on 3 of 3 production clusters/
    - navigation "About Checkout":
      - link "Overview"
      - link "Releases"
      - link "Placement"
      - link "History"
      - link "Logs"
      - link "Usage"
      - link "Settings"
      - link "Kubernetes view"
    - list "Environments":
      - listitem:
        - heading "Development" [level=2]
        - list "Clusters":
          - listitem:
            - link "Healthy dev-1 · Development"
      - listitem: Promoted from Development. Release 44 is ready
      - listitem:
        - heading "Production" [level=2]
    - region "Where it runs":
      - heading "Where it runs" [level=2]
      - grid "Where it runs":
        - rowgroup:
          - row "Cluster Release Health Seen Address"
    - region "What changed":
      - heading "What changed" [level=2]
  `);
  for (const address of [
    '/callboard',
    '/callboard/apps',
    '/callboard/audit',
    '/callboard/clusters/eu-1',
    '/callboard/apps/payments',
    '/callboard/apps/checkout?tab=history',
    '/callboard/apps/checkout?tab=placement',
    '/callboard/apps/checkout?tab=settings&env=prod',
    '/callboard/apps/checkout?tab=kubernetes',
  ]) {
    await page.goto(`${preview.url}${address}`);
    await expect(page.locator('main [class*="bui-Skeleton"]')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    expect.soft(await findUnnamed(page), address).toEqual([]);
  }
});

/** What a screen reader meets without a name, and headings that skip a level. */
function findUnnamed(on: Page): Promise<string[]> {
  return on.locator('main').evaluate(({ parentElement: main }) => {
    const faults: string[] = [];
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ??
      (element.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map(id => document.getElementById(id)?.textContent ?? '')
        .join(' ')
        .concat(
          element.textContent ?? '',
          element.getAttribute('title') ?? '',
          (element as HTMLInputElement).labels?.[0]?.textContent ?? '',
        );
    for (const element of main!.querySelectorAll(
      'a[href], button, input, select, [role="button"], [role="grid"], table, [role="img"]',
    )) {
      if (element.closest('[aria-hidden="true"]')) continue;
      if (nameOf(element).trim() === '') faults.push(element.outerHTML);
    }
    let level = 1;
    for (const heading of main!.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
      const next = Number(heading.tagName.slice(1));
      if (next > level + 1)
        faults.push(`h${next} after h${level}: ${heading.textContent}`);
      level = next;
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    for (const id of new Set(ids))
      if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`two #${id}`);
    return faults;
  });
}
