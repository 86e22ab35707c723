import { type Page, expect } from '@playwright/test';
import { goTo } from '../goTo';
import type { Portal } from '../Portal';
import { type CountedPage, countPages } from './countPages';
import { findMiscounts } from './findMiscounts';
import { type Answers, type ReadOptions, readAnswers } from './readAnswers';

/** At a page before the API is asked again, which takes as long as many looks: it may not be drawn yet. */
const LOOKS = 8;

/** All that is wrong is told at once. */
const softly = expect.configure({ soft: true });

export interface CountOptions extends ReadOptions {
  /** What the portal answered last, now that it does not. */
  answers?: Answers;
  /** Pages that are counted; all when omitted. */
  isCounted?: (page: CountedPage) => boolean;
}

/** Counts every number of every page from what the API answers, and compares. */
export class PageCounter {
  readonly #page: Page;
  readonly #portal: Portal;
  /** Name of the page that is open. */
  #opened = '';

  constructor(page: Page, portal: Portal) {
    this.#page = page;
    this.#portal = portal;
  }

  /** Fails with what is wrong once a page stays wrong: an answer and a page are of two instants. */
  async count(situation: string, options: CountOptions = {}): Promise<Answers> {
    const { isCounted = () => true, at, answers } = options;
    const known: { answers?: Answers } = {
      answers: answers
        ? { ...answers, isLost: true }
        : await readAnswers(this.#portal, options),
    };
    const names = countPages(known.answers!)
      .filter(isCounted)
      .filter(({ dialog }) => !dialog || (!at && !answers)) // there nothing acts
      .map(({ name }) => name);
    for (const name of names)
      await softly
        .poll(() => this.#miscountsOn(name, known, options), {
          message: `${situation}: numbers of ${name}`,
          intervals: [100, 200, 400],
        })
        .toEqual([]);
    return known.answers!;
  }

  /** @param known - what rests is asked once for all pages, what moves is asked again */
  async #miscountsOn(
    name: string,
    known: { answers?: Answers },
    options: CountOptions,
  ): Promise<string[]> {
    known.answers ??= await readAnswers(this.#portal, options);
    const counted = countPages(known.answers).find(each => each.name === name);
    if (!counted) return []; // it went away meanwhile
    await this.#open(counted, options.at);
    let faults: string[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      faults = findMiscounts(await this.#read(counted), counted);
      if (faults.length === 0)
        faults = (await counted.check?.(this.#page)) ?? [];
      if (faults.length === 0) return [];
      await this.#page.evaluate(nextFrames);
    }
    if (!options.answers) delete known.answers;
    return faults;
  }

  async #open(
    { name, address, dialog }: CountedPage,
    at?: string,
  ): Promise<void> {
    const page = this.#page;
    const isAsAsked = this.#opened === name;
    this.#opened = name;
    const shown = page.getByRole('dialog');
    if (!isAsAsked && (await shown.isVisible())) {
      await page.keyboard.press('Escape');
      await expect(shown).toBeHidden();
    }
    // It stands in the address: to go there again would close it.
    if (isAsAsked && typeof dialog === 'string' && (await shown.isVisible()))
      return;
    const sign = address.includes('?') ? '&' : '?';
    const full = at ? `${address}${sign}at=${at}` : address;
    // Nothing is pointed at: the map says in words what is.
    if (!isAsAsked) await page.mouse.move(0, 0);
    if (!page.url().endsWith(full)) await goTo(page, full);
    if (typeof dialog !== 'string' || (await shown.isVisible())) return;
    const button = page.getByRole('button', { name: dialog }).first();
    if (await button.isVisible()) await button.click();
  }

  /** What is seen, unfolded; what stands in another line or cell follows ` | `. */
  async #read({ dialog }: CountedPage): Promise<string> {
    const page = this.#page;
    if (dialog !== undefined) {
      const shown = page.getByRole('dialog');
      return (await shown.isVisible())
        ? inOneLine(await shown.innerText())
        : '';
    }
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('main details'))
        if (!each.querySelector('pre, [role="switch"]'))
          each.setAttribute('open', '');
    });
    return inOneLine(await page.locator('body').innerText());
  }
}

/** Runs in the page: gives it the time to draw what it has. */
function nextFrames(): Promise<void> {
  return new Promise(done => {
    requestIdleCallback(() => requestAnimationFrame(() => done()), {
      timeout: 100,
    });
  });
}

function inOneLine(text: string): string {
  return text.replace(/\s*[\n\t]+\s*/g, ' | ');
}
