import type { Page } from '@playwright/test';

/** Text of a page, or of the dialog above it, that cannot be read as it was written, in words. */
export function findTextFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const TOUCH = 2; // pixels; letters of neighbours may come as close as that
    const LINE = 5; // tight lines share the space above capitals
    const dialogs = document.querySelectorAll('[role="dialog"]');
    const root =
      dialogs[dialogs.length - 1] ??
      document.querySelector('main')?.parentElement ??
      document.body;
    const faults = new Set<string>();
    const short = (text: string) => `“${text.trim().slice(0, 40)}”`;
    const lineOf = (node: Node, start: number, end: number) => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      return range.getClientRects()[0];
    };
    const isLeftOut = (element: Element) =>
      element.closest('svg, option, [aria-hidden="true"]') !== null ||
      getComputedStyle(element).visibility === 'hidden';
    const clippersOf = (element: Element) => {
      const clippers: DOMRect[] = [];
      for (let each: Element | null = element; each && each !== root; ) {
        if (getComputedStyle(each).overflowY !== 'visible')
          clippers.push(each.getBoundingClientRect());
        each = each.parentElement;
      }
      return clippers;
    };
    /** What is cut with an ellipsis, or scrolls, ends where its box does. */
    const inside = (rect: DOMRect, clippers: DOMRect[]) => {
      const left = Math.max(rect.left, ...clippers.map(each => each.left));
      const right = Math.min(rect.right, ...clippers.map(each => each.right));
      const top = Math.max(rect.top, ...clippers.map(each => each.top));
      const bottom = Math.min(
        rect.bottom,
        ...clippers.map(each => each.bottom),
      );
      return { left, right, top, bottom };
    };
    const isScrolled = (element: Element) => {
      for (let each: Element | null = element; each && each !== root; ) {
        if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return true;
        each = each.parentElement;
      }
      return false;
    };
    /** Lines that are left out end in an ellipsis; their whole text is where people point at it. */
    const isShortened = (element: Element) =>
      getComputedStyle(element).webkitLineClamp !== 'none' &&
      (element.closest('[title]')?.getAttribute('title') ?? '').includes(
        element.textContent ?? '',
      );
    const isFolded = (element: Element) => {
      const details = element.closest('details:not([open])');
      const summary = element.closest('summary');
      return details !== null && summary?.parentElement !== details;
    };

    const lines: Array<{
      node: Node;
      text: string;
      rect: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;
    }> = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let before: DOMRect | undefined;
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? '';
      const parent = node.parentElement!;
      if (text.trim() === '' || isLeftOut(parent) || isFolded(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter(
        ({ width, height }) => width > 1 && height > 1,
      );
      const clippers = clippersOf(parent);
      // What only screen readers get has no place of its own.
      if (clippers.some(({ width, height }) => width <= 1 || height <= 1))
        continue;
      for (const rect of rects) {
        lines.push({ node, text, rect: inside(rect, clippers) });
        if (
          !isScrolled(parent) &&
          !isShortened(parent) &&
          clippers.some(
            ({ top, bottom }) => rect.top < top - 3 || rect.bottom > bottom + 3,
          )
        )
          faults.add(`${short(text)} is cut above or below`);
      }
      for (const { index } of text.matchAll(/[,;.:)](?=\s|$)/g)) {
        const mark = lineOf(node, index, index + 1);
        const last = index === 0 ? before : lineOf(node, index - 1, index);
        if (mark && last && mark.top - last.top > 8 && mark.left < last.left)
          faults.add(`a line begins with ${short(text.slice(index))}`);
      }
      before = rects[rects.length - 1];
    }
    lines.forEach(({ node, text, rect }, index) => {
      for (const other of lines.slice(index + 1)) {
        if (other.node === node) continue;
        const wide =
          Math.min(rect.right, other.rect.right) -
          Math.max(rect.left, other.rect.left);
        const high =
          Math.min(rect.bottom, other.rect.bottom) -
          Math.max(rect.top, other.rect.top);
        if (wide > TOUCH && high > LINE)
          faults.add(`${short(text)} lies over ${short(other.text)}`);
      }
    });
    return [...faults];
  });
}
