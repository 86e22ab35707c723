import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Page, expect } from '@playwright/test';

/** Pictures that are looked at and thrown away. */
export const RESULTS = resolve(__dirname, '../../../test-results/screenshots');

const FOLDER = process.env.CALLBOARD_UPDATE_IMAGES
  ? resolve(__dirname, '../../../docs/images')
  : RESULTS;

const MOST_LOOKS = 20; // an age that ticks never comes to rest

const SIZES = {
  wide: { width: 1280, height: 800 },
  narrow: { width: 390, height: 844 },
  /** The wide one at a zoom of 200 %. */
  zoom: { width: 640, height: 400 },
};

const USUAL = ['wide-light', 'narrow-light', 'wide-dark', 'narrow-dark'];

/**
 * Keeps what the page looks like: wide and narrow, light and dark. With
 * CALLBOARD_UPDATE_IMAGES set the pictures of the docs are made again.
 * Fails where a page must be scrolled sideways.
 *
 * @param only - these instead of the four, as `zoom-light`
 */
export async function takeScreenshots(
  page: Page,
  name: string,
  only: readonly string[] = USUAL,
  folder = FOLDER,
): Promise<void> {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const [size, viewport] of Object.entries(SIZES)) {
      if (!only.includes(`${size}-${theme}`)) continue;
      await page.setViewportSize(viewport);
      await settles(page, theme);
      await expect.poll(() => widthBeyond(page)).toBeLessThanOrEqual(0);
      await page.screenshot({
        path: join(folder, `${name}-${size}-${theme}.png`),
        animations: 'disabled',
      });
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(SIZES.wide);
  await isDrawn(page, 'light'); // what is typed before is lost
}

const BESIDE = { width: 960, height: 720 }; // of each; drawn at two thirds, two are as wide as one picture

/** Keeps what two windows show at one time, side by side, light and dark. */
export async function takeSideBySide(
  windows: readonly Page[],
  name: string,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    const looks: string[] = [];
    for (const page of windows) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.setViewportSize(BESIDE);
      await settles(page, theme);
      looks.push((await page.screenshot()).toString('base64'));
    }
    const sheet = await windows[0].context().newPage();
    await sheet.setViewportSize({ width: 1280, height: 480 });
    await sheet.setContent(
      `<body style="margin: 0; display: flex; gap: 8px; background: #888">${looks
        .map(look => `<img src="data:image/png;base64,${look}" width="636">`)
        .join('')}</body>`,
    );
    await sheet.screenshot({
      path: join(FOLDER, `${name}-wide-${theme}.png`),
    });
    await sheet.close();
  }
  for (const page of windows) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize(SIZES.wide);
  }
}

/** Another theme draws the page again, and dialogs come in slowly: waits until two looks see the same. */
async function settles(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await isDrawn(page, theme);
  let before = Buffer.alloc(0);
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const now = await page.screenshot();
    if (now.equals(before)) return;
    before = now;
  }
}

function isDrawn(page: Page, theme: 'light' | 'dark'): Promise<void> {
  return page
    .locator(`body[data-theme-mode='${theme}'] main`)
    .first()
    .waitFor();
}

/** How many pixels of the page are beyond its window's right edge. */
function widthBeyond(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
