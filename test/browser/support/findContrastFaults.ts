import type { Page } from '@playwright/test';

/**
 * Text of a page, or of the dialog above it, that is too faint to read, in
 * words. Text that cannot be used now may be faint.
 *
 * Source: WCAG 2.2, success criterion 1.4.3 (4.5 : 1; 3 : 1 for large text).
 */
export function findContrastFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LARGE_PX = 24;
    const LARGE_BOLD_PX = 18.66;
    type Color = [red: number, green: number, blue: number, alpha: number];
    const brush = document
      .createElement('canvas')
      .getContext('2d', { willReadFrequently: true })!;
    const known = new Map<string, Color>();
    /** Whatever notation it has: 0 to 255, alpha 0 to 1. */
    const colorOf = (text: string): Color => {
      let color = known.get(text);
      if (!color) {
        brush.clearRect(0, 0, 1, 1);
        brush.fillStyle = text;
        brush.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
        color = [r, g, b, a / 255];
        known.set(text, color);
      }
      return color;
    };
    const over = ([r, g, b, a]: Color, [R, G, B]: Color): Color => [
      r * a + R * (1 - a),
      g * a + G * (1 - a),
      b * a + B * (1 - a),
      1,
    ];
    const luminance = (color: Color) => {
      const [r, g, b] = color.slice(0, 3).map(part => {
        const share = part / 255;
        return share <= 0.04045
          ? share / 12.92
          : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: Color, b: Color) => {
      const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (light + 0.05) / (dark + 0.05);
    };
    const parentsOf = (element: Element) => {
      const parents: Element[] = [];
      for (let each: Element | null = element; each; each = each.parentElement)
        parents.push(each);
      return parents;
    };
    const faintness = (element: Element) => {
      const parents = parentsOf(element).map(each => getComputedStyle(each));
      if (parents.some(({ backgroundImage }) => backgroundImage !== 'none'))
        return undefined; // no one colour is behind it
      const behind = parents
        .map(({ backgroundColor }) => colorOf(backgroundColor))
        .reduceRight<Color>(
          (below, color) => over(color, below),
          [255, 255, 255, 1],
        );
      const opacity = parents.reduce(
        (product, each) => product * Number(each.opacity),
        1,
      );
      const [{ color, fontSize, fontWeight }] = parents;
      const [r, g, b, a] = colorOf(color);
      const ratio = contrast(over([r, g, b, a * opacity], behind), behind);
      const size = parseFloat(fontSize);
      const isLarge =
        size >= LARGE_PX ||
        (size >= LARGE_BOLD_PX && Number(fontWeight) >= 700);
      return ratio < (isLarge ? 3 : 4.5) ? ratio : undefined;
    };
    const isShown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return (
        width > 1 &&
        height > 1 &&
        getComputedStyle(element).visibility !== 'hidden' &&
        !element.closest(
          'svg, style, script, option, :disabled, [aria-disabled="true"], [aria-hidden="true"]',
        )
      );
    };
    const root =
      [...document.querySelectorAll('[role="dialog"]')].at(-1) ??
      document.querySelector('main')?.parentElement ??
      document.body;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const faults = new Set<string>();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      const ratio =
        text && element && isShown(element) ? faintness(element) : undefined;
      if (ratio !== undefined)
        faults.add(
          `too faint, ${ratio.toFixed(2)} : 1: “${text.slice(0, 40)}”`,
        );
    }
    return [...faults];
  });
}
