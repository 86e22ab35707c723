import type { App } from '@callboard/plugin-callboard-common';
import type { Page } from '@playwright/test';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

/** How many entries groups hold; which of them: checkHistory and checkLatest. */
export function countGroups({ name }: App, { histories }: Answers): Count {
  return {
    shown: /· (\d+) entr(?:y|ies)/,
    among: histories[name].map((_, index) => index + 1),
  };
}

/** Each group of what changed last says how many entries it holds. */
export async function checkLatest(page: Page): Promise<string[]> {
  const groups = await readGroups(page, 'section li:has(> details)');
  return [
    ...(groups.length > 0 ? [] : ['no group of changes is shown']),
    ...findMiscountedGroups(groups),
  ];
}

export interface ShownGroup {
  said: string;
  listed: number;
}

/** Groups of entries as they are shown: what each says, and how many it lists. */
export function readGroups(page: Page, rows: string): Promise<ShownGroup[]> {
  return page.evaluate(
    selector =>
      [...document.querySelectorAll(selector)].map(group => ({
        said: group.querySelector('summary')?.textContent ?? '',
        listed: group.querySelectorAll('li').length,
      })),
    rows,
  );
}

/** Those that list another number of entries than they say, in words. */
export function findMiscountedGroups(groups: readonly ShownGroup[]): string[] {
  return groups
    .filter(
      ({ said, listed }) =>
        said !== '' &&
        Number(/(\d+) entr(?:y|ies)$/.exec(said)?.[1]) !== listed,
    )
    .map(({ said, listed }) => `${listed} entries are in “${said}”`);
}
