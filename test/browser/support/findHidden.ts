import type { Page } from '@playwright/test';

/**
 * What cannot be seen or pressed though it is there: the page's name outside of
 * the first look, a first line that is cut, an action that stays under
 * something else wherever the page is scrolled to. In words.
 */
export function findHidden(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const isDrawn = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 1;
    const isCut = (element: Element) =>
      getComputedStyle(element).overflow !== 'visible' &&
      (element.scrollWidth > element.clientWidth + 1 ||
        element.scrollHeight > element.clientHeight + 1);
    const dialog = document.querySelector('[role="dialog"]');

    window.scrollTo(0, 0);
    const head = document.querySelector('h1');
    const name = head?.getBoundingClientRect();
    if (
      !dialog &&
      (!name ||
        name.top < 0 ||
        name.bottom > window.innerHeight ||
        isCut(head!))
    )
      faults.push('the name of the page is not in the first look');
    const verdict = document.querySelector('main [role="status"]');
    for (const part of verdict
      ? [verdict, ...verdict.querySelectorAll('*')]
      : [])
      if (isDrawn(part) && isCut(part))
        faults.push(`“${verdict?.textContent}” is cut`);

    const actions = (dialog ?? document).querySelectorAll(
      'button, main a, header a, nav a, [role="dialog"] a, [role="radio"]',
    );
    for (const action of actions) {
      if (!isDrawn(action)) continue;
      action.scrollIntoView({ block: 'center', behavior: 'instant' });
      const [line] = action.getClientRects(); // a link may have several
      const hit = document.elementFromPoint(
        line.left + line.width / 2,
        line.top + line.height / 2,
      );
      if (!hit || !(action.contains(hit) || hit.contains(action)))
        faults.push(
          `“${
            action.getAttribute('aria-label') ?? action.textContent
          }” is under ${hit?.tagName.toLowerCase()} “${hit?.textContent?.slice(
            0,
            30,
          )}”`,
        );
    }
    for (const scrolled of document.querySelectorAll('*'))
      if (scrolled.scrollTop > 0) scrolled.scrollTop = 0;
    return faults;
  });
}
