const MOST_FRAMES = 60; // about a second: data that is fetched first may arrive after the next frame

/**
 * Focuses an element once the page is redrawn: the pressed button is gone by
 * then, and keyboard users would start at the top.
 */
export function focusWhenDrawn(selector: string, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element) element.focus();
    else if (frames > 0) focusWhenDrawn(selector, frames - 1);
  });
}
