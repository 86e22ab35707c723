import { type Page, expect } from '@playwright/test';

/**
 * Opens the portal as a guest, and returns once the fleet stands: a page that is opened
 * while the sign-in still runs would ask for it again.
 */
export async function enterPortal(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const enter = page.getByRole('button', { name: 'Enter' });
  const fleet = page.getByRole('heading', { name: 'Fleet', level: 1 });
  await expect(enter.or(fleet)).toBeVisible();
  if (await enter.isVisible()) await enter.click();
  await expect(fleet).toBeVisible();
}
