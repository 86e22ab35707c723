import { type Page, expect } from '@playwright/test';

/** Opens the portal at its sign-in address and returns once the fleet is shown. */
export async function enterPortal(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Fleet' })).toBeVisible();
}
