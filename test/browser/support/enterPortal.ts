import { type Page, expect } from '@playwright/test';

/** Opens the portal, which takes everybody in as a guest, and returns once the fleet stands. */
export async function enterPortal(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Fleet' })).toBeVisible();
}
