import type { Page } from '@playwright/test';

const SHORT = 20; // longer names may not fit into a narrow column

/** Names with a hyphen that are broken over two lines: `us-` and `1`. */
export function findBrokenNames(page: Page): Promise<string[]> {
  return page.evaluate(most => {
    const broken: string[] = [];
    const texts = document.createTreeWalker(
      document.querySelector('main') ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.parentElement?.closest('pre, code, svg, option')) continue;
      const names = (text.textContent ?? '').matchAll(
        /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu,
      );
      for (const { 0: name, index } of names) {
        if (name.length > most) continue;
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + name.length);
        const lines = new Set(
          [...range.getClientRects()].map(({ top }) => Math.round(top)),
        );
        if (lines.size > 1) broken.push(`${name} in “${text.textContent}”`);
      }
    }
    return [...new Set(broken)];
  }, SHORT);
}
