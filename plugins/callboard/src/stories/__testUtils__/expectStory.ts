import { waitFor } from '@testing-library/react';
import { renderStory } from './renderStory';
import type { Story } from '../Story';

/** Opens a story and finds its texts; what must be absent is. */
export async function expectStory(story: Story): Promise<void> {
  renderStory(story);
  for (const text of story.shows) {
    await waitFor(() => expect(pageText()).toMatch(asPattern(text)));
  }
  for (const text of story.hides ?? []) {
    expect(pageText()).not.toMatch(asPattern(text));
  }
}

/** Everything a reader or a screen reader gets, names of controls included. */
function pageText(): string {
  const named = Array.from(
    document.body.querySelectorAll('[aria-label]'),
    element => element.getAttribute('aria-label'),
  );
  return [document.body.textContent, ...named].join(' ');
}

function asPattern(text: string | RegExp): RegExp {
  if (text instanceof RegExp) return text;
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
