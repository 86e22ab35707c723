import { waitFor } from '@testing-library/react';
import type { Story } from '../Story';
import { renderStory } from './renderStory';

/** `1 objects`; `11 objects`, `0.1 CPU` and `1 of 2 objects` are none. */
const ONE_OF_MANY =
  /(?<![\d.,])1 (?:more |earlier |older |other )?(?:apps|changes|checks|clusters|commits|entries|events|facts|files|incidents|instances|lanes|nodes|objects|others|packages|parts|people|regions|releases|rows|warnings|waves|days|hours|minutes|seconds)\b/;

/** Opens a story and reads it: which of its texts are missing, and which are there that must not be. */
export async function faultsOf(story: Story): Promise<string[]> {
  renderStory(story);
  const faults: string[] = [];
  for (const text of story.shows) {
    const isThere = await appears(text);
    if (!isThere) faults.push(`missing "${text}" in: ${pageText()}`);
  }
  for (const text of story.hides ?? []) {
    if (shows(text)) faults.push(`"${text}" must not be in: ${pageText()}`);
  }
  const [plural] = ONE_OF_MANY.exec(pageText()) ?? [];
  if (plural !== undefined) faults.push(`"${plural}" is a plural of one`);
  return faults;
}

function appears(text: string | RegExp): Promise<boolean> {
  return waitFor(() => {
    if (!shows(text)) throw new Error('Not there yet');
    return true;
  }).catch(() => false);
}

function shows(text: string | RegExp): boolean {
  return typeof text === 'string'
    ? pageText().includes(text)
    : text.test(pageText());
}

/** Everything a reader or a screen reader gets, names of controls included. */
export function pageText(): string {
  const named = Array.from(
    document.body.querySelectorAll('[aria-label]'),
    element => element.getAttribute('aria-label'),
  );
  return [document.body.textContent, ...named].join(' ');
}
