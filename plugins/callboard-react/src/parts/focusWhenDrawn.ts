const MOST_FRAMES = 60; // a second: what is asked first may come later than the next frame

/** Puts the focus on an element once the page is drawn again: what was pressed is gone by then, and people who came by keyboard would begin at the top. */
export function focusWhenDrawn(selector: string, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element) element.focus();
    else if (frames > 0) focusWhenDrawn(selector, frames - 1);
  });
}
