import { type Page, expect } from '@playwright/test';

/** Goes to a page as a link in the portal does: without loading the portal again. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate(to => {
    window.history.pushState({}, '', to);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, address);
  const { pathname, search } = new URL(address, page.url());
  await expect(page).toHaveURL(
    url => url.pathname === pathname && url.search === search,
  );
}
