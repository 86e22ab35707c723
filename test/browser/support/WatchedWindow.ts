import { type Page, expect } from '@playwright/test';

/** What reached a window or left it, in its order. */
type Event =
  | { kind: 'signal' } // that something changed; beats tell nothing and are left out
  | { kind: 'request'; path: string };

export interface Observation {
  /** From the press in the other window until the text stood in this one, by the clocks of both pages. */
  delayMs: number;
  /** Signals that came in between. */
  signals: number;
  /** What was asked in between. */
  requests: string[];
}

/** A window that nobody touches: what it hears, what it asks, and when a text is first in it. */
export class WatchedWindow {
  readonly #page: Page;
  /** Since the page was loaded. */
  #events: Event[] = [];

  /** @param page - not yet at the portal, so that nothing is missed */
  constructor(page: Page) {
    this.#page = page;
    page.on('websocket', socket =>
      socket.on('framereceived', ({ payload }) => {
        const { message } = JSON.parse(String(payload));
        if (message?.kinds?.length > 0) this.#events.push({ kind: 'signal' });
      }),
    );
    page.on('request', request => {
      if (request.isNavigationRequest()) this.#events = [];
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/callboard/'))
        this.#events.push({ kind: 'request', path: pathname });
    });
  }

  /**
   * Somebody acts in another window; returns once the first line of this one
   * says it. The press and the text are timed inside the two pages: how busy the
   * machine of the test is does not count.
   *
   * @param act - ends with a click in `other`
   */
  async sees(
    text: RegExp,
    { other, act }: { other: Page; act: () => Promise<void> },
  ): Promise<Observation> {
    await other.evaluate(notePresses);
    await this.#page.evaluate(noteText, text.source);
    const before = this.#events.length;
    await act();
    const handle = await this.#page.waitForFunction(
      () => (window as Noted).textAt,
      undefined,
      { polling: 200 },
    );
    const between = this.#events.slice(before);
    const pressedAt = await other.evaluate(() => (window as Noted).pressedAt);
    return {
      delayMs: (await handle.jsonValue())! - pressedAt!,
      signals: between.filter(({ kind }) => kind === 'signal').length,
      requests: between.flatMap(event =>
        event.kind === 'request' ? [event.path] : [],
      ),
    };
  }

  /**
   * Nothing was asked but because a signal came: a page asks when it is opened,
   * once more when the channel opens, and for a burst of signals at its begin
   * and at its end. A third time without a signal is polling.
   */
  expectNoPolling(): void {
    const sinceSignal = new Map<string, number>();
    for (const event of this.#events) {
      if (event.kind === 'signal') {
        sinceSignal.clear();
        continue;
      }
      const times = (sinceSignal.get(event.path) ?? 0) + 1;
      sinceSignal.set(event.path, times);
      expect(times, `${event.path} without a signal`).toBeLessThanOrEqual(2);
    }
  }
}

type Noted = Window & { pressedAt?: number; textAt?: number };

/** Runs in a page: keeps the instant of the last press. */
function notePresses(): void {
  window.addEventListener(
    'click',
    () => {
      (window as Noted).pressedAt = Date.now();
    },
    { capture: true },
  );
}

/** Runs in a page: keeps the instant at which a text is first in it. */
function noteText(pattern: string): void {
  const noted = window as Noted;
  const wanted = new RegExp(pattern);
  const isThere = () =>
    wanted.test(
      document.querySelector('main [role="status"]')?.textContent ?? '',
    );
  if (isThere()) throw new Error(`${pattern} is there before anything is done`);
  noted.textAt = undefined;
  const observer = new MutationObserver(() => {
    if (!isThere()) return;
    noted.textAt = Date.now();
    observer.disconnect();
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  });
}
