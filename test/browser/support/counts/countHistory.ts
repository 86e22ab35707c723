import type { App } from '@callboard/plugin-callboard-common';
import type { Page } from '@playwright/test';
import { countAppSentence } from './countApp';
import { countGroups, findMiscountedGroups, readGroups } from './countGroups';
import { checkRows } from './countOutput';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

/** The timeline as its table says it, and the pushes of the journal below it. */
export function countHistory(app: App, answers: Answers): Count[] {
  const released = app.environments.filter(({ release }) => release !== null);
  return [
    // What is there now is what the environments say.
    ...released.map(
      ({ title, release }): Count => [
        new RegExp(`\\| ${title} \\| Release (\\d+) \\| [^|]*\\| Still there`),
        release!.number,
      ],
    ),
    { shown: /rolled back from release (\d+)/i, among: known(app, answers) },
    { shown: /→ release (\d+)/, among: known(app, answers) },
    // On bars that are wide enough; what ends one begins the next.
    { shown: /\| (\d+)(?= \|)/, among: known(app, answers) },
    countGroups(app, answers),
    ...countAppSentence(app, answers),
  ];
}

function known({ name }: App, { releases }: Answers): number[] {
  return releases[name].map(({ number }) => number);
}

/** Each group of entries says how many it holds, and all that the API tells are there once. */
export async function checkHistory(
  page: Page,
  { name }: App,
  { histories, timelines }: Answers,
): Promise<string[]> {
  const { lanes, gaps } = timelines[name];
  const drawn = lanes.map(({ bars, unknown }) => bars.length + unknown.length);
  const groups = await readGroups(page, 'main section[aria-label] > ul > li');
  const listed = groups.reduce((sum, each) => sum + each.listed, 0);
  const { length } = histories[name];
  return [
    ...findMiscountedGroups(groups),
    ...(await checkRows(
      page,
      'table[aria-label="Releases and incidents"] tbody tr',
      drawn.reduce((sum, each) => sum + each, gaps.length),
    )),
    ...(listed === length ? [] : [`${listed} of ${length} entries are listed`]),
  ];
}
