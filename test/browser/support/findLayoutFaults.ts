import type { Page } from '@playwright/test';

const PHONE = 390; // CSS pixels; narrower ones are phones, too

/** Everything on a page that breaks a rule of layout, in words. */
export function findLayoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ isPhone }) => {
      const faults: string[] = [];
      const name = (element: Element) =>
        `${element.tagName.toLowerCase()} “${(
          element.getAttribute('aria-label') ??
          element.textContent ??
          ''
        ).slice(0, 50)}”`;
      const isSeen = (element: Element) => {
        const { width: wide, height } = element.getBoundingClientRect();
        return wide > 1 && height > 1;
      };
      const { documentElement: root } = document;
      if (root.scrollWidth > root.clientWidth)
        faults.push(`the page is ${root.scrollWidth} wide`);
      const heads = document.querySelectorAll('h1');
      if (heads.length !== 1) faults.push(`${heads.length} h1`);
      for (const head of heads)
        if (head.scrollWidth > head.clientWidth) faults.push('the h1 is cut');
      const labels = new Set<string>();
      for (const grid of document.querySelectorAll('[role="grid"], table')) {
        const label = grid.getAttribute('aria-label');
        if (!label || label === 'Data table' || labels.has(label))
          faults.push(`grid ${label}`);
        if (label) labels.add(label);
      }
      for (const box of document.querySelectorAll(
        'main [class*="CheckboxIndicator"]',
      )) {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        for (let around = box.parentElement; around; ) {
          const clip = around.getBoundingClientRect();
          if (
            getComputedStyle(around).overflowX !== 'visible' &&
            (clip.left > left || clip.right < right)
          )
            faults.push(`a checkbox is cropped by ${name(around)}`);
          around = around.parentElement;
        }
        const beside = box.closest('li')?.querySelector('a[data-strong]');
        if (!beside) continue;
        const text = document.createRange();
        text.selectNodeContents(beside);
        const [line] = text.getClientRects(); // a long name has several
        if (!line) continue;
        const off = (top + bottom - line.top - line.bottom) / 2;
        if (Math.abs(off) > 3)
          faults.push(`a checkbox is ${Math.round(off)} off ${name(beside)}`);
      }
      for (const choice of document.querySelectorAll(
        'main [class*="ToggleButtonGroup"]',
      )) {
        const rows = new Set(
          [...choice.children].map(each => each.getBoundingClientRect().top),
        );
        if (rows.size > 1 && getComputedStyle(choice).boxShadow !== 'none')
          faults.push(`${name(choice)} is framed over ${rows.size} rows`);
      }
      for (const element of document.querySelectorAll('main *')) {
        if (
          !isSeen(element) ||
          element.closest('pre, svg, [aria-hidden="true"]')
        )
          continue;
        const { left, right } = element.getBoundingClientRect();
        const isScrolled = element.closest('[data-scrolls]') !== null;
        if (!isScrolled && (right > root.clientWidth + 1 || left < -1))
          faults.push(`${name(element)} ends at ${Math.round(right)}`);
        const style = getComputedStyle(element);
        const isCut =
          /hidden|clip/.test(style.overflowX) &&
          element.scrollWidth > element.clientWidth + 1 &&
          element.clientWidth > 1;
        if (!isCut) continue;
        if (style.textOverflow !== 'ellipsis')
          faults.push(`${name(element)} is cut without an ellipsis`);
        else if (
          !element.closest('[title]') &&
          !element.querySelector('[title]')
        )
          faults.push(`${name(element)} does not say its whole text`);
      }
      if (!isPhone) return [...new Set(faults)];
      for (const target of document.querySelectorAll(
        'main button, main nav a, main a[class*="bui-Button"], main a[data-strong], header button, header a',
      )) {
        if (!isSeen(target)) continue;
        const { height } = target.getBoundingClientRect();
        if (height < 43.5)
          faults.push(`${name(target)} is ${Math.round(height)} high`);
      }
      return [...new Set(faults)];
    },
    { isPhone: page.viewportSize()!.width <= PHONE },
  );
}
