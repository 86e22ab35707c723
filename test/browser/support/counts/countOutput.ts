import type { App } from '@callboard/plugin-callboard-common';
import type { Page } from '@playwright/test';
import { countAppSentence } from './countApp';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

/** The objects and events of an app on a cluster. */
export function countObjects(
  app: App,
  environment: string,
  answers: Answers,
): Count[] {
  const { objects, events } = answers.objects[`${app.name} ${environment}`];
  return [
    ...countAppSentence(app, answers),
    [/\| Objects \| (\d+) \|/, objects.length],
    [/\| Events \| (\d+) \|/, events.length],
  ];
}

/** The output of an app in an environment. */
export function countLines(
  app: App,
  environment: string,
  answers: Answers,
): Count[] {
  const lines = answers.logs[`${app.name} ${environment}`];
  return [
    ...countAppSentence(app, answers),
    // Of every environment there is a choice.
    ...app.environments
      .filter(({ clusters }) => clusters.length > 1)
      .map(
        ({ title, clusters }): Count => [
          new RegExp(`${title} on all (\\d+) clusters`),
          clusters.length,
        ],
      ),
    ...(lines.length > 0
      ? ([[/\| (\d+) lines?(?:, live)? \|/, lines.length]] as Count[])
      : []),
  ];
}

/** How many rows a list has. */
export async function checkRows(
  page: Page,
  rows: string,
  expected: number,
): Promise<string[]> {
  const shown = await page.locator(rows).count();
  return shown === expected
    ? []
    : [`${shown} rows of ${expected} are in ${rows}`];
}
