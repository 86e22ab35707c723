import type { AppEnvironment } from '@callboard/plugin-callboard-common';
import { isInNeed } from './facts';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

export function countApps({ apps }: Answers): Count[] {
  if (apps.length === 0) return [];
  const need = apps.filter(isInNeed).length;
  const reading = apps.filter(
    app =>
      !isInNeed(app) &&
      app.environments.some(({ clusters }) =>
        clusters.some(each => each.reading),
      ),
  ).length;
  const mine = apps.filter(({ viewer }) => viewer?.promote).length;
  return [
    [/(\d+) apps?; /, apps.length],
    ...(need + reading === 0 ? ['none needs attention'] : []),
    { shown: /(\d+) needs? attention/, are: [need] },
    { shown: /(\d+) being read after a start/, are: [reading] },
    [/\| All (\d+)/, apps.length],
    [/\| Mine (\d+)/, mine],
    [/\| Needs attention (\d+)/, need],
    ...apps.flatMap(({ environments }) =>
      environments
        .filter(({ release }) => release !== null)
        .map(({ title, release, clusters, placement }) =>
          [
            `${title} ${release?.number}`,
            ...describeSpread(clusters.length, placement),
          ].join(' | '),
        ),
    ),
  ];
}

function describeSpread(
  runs: number,
  placement: AppEnvironment['placement'],
): string[] {
  if (placement?.satisfied === false && placement.wanted !== undefined)
    return [`on ${runs} of ${placement.wanted}`];
  return runs > 1 ? [`on ${runs}`] : [];
}
