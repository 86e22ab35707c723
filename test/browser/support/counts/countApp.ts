import type {
  App,
  AppEnvironment,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { countGroups } from './countGroups';
import { isSilent, plural } from './facts';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

export function countApp(app: App, answers: Answers): Count[] {
  return [
    ...countAppSentence(app, answers),
    countGroups(app, answers),
    {
      shown: /→ release (\d+)/,
      among: answers.releases[app.name].map(({ number }) => number),
    },
    ...app.environments
      .filter(({ release }) => release !== null)
      .flatMap(environment => countEnvironment(app, environment, answers)),
  ];
}

/** The first line of every tab of an app. */
export function countAppSentence(
  { environments, name, sentence }: App,
  { releases, rollouts }: Answers,
): Count[] {
  const scarce = environments.flatMap(({ placement, clusters }) =>
    placement?.satisfied === false && placement.wanted !== undefined
      ? [{ runs: clusters.length, wanted: placement.wanted }]
      : [],
  );
  const inEnvironments = environments
    .filter(({ release }) => release !== null)
    .flatMap(({ title, clusters }): Count[] => {
      const words = `of (\\d+) ${title.toLowerCase()} clusters`;
      const shown = new RegExp(`(\\d+) ${words}`);
      const well = clusters.filter(
        each => each.health.status === 'Healthy' && !isSilent(each),
      ).length;
      return shown.test(sentence) ? [[shown, well, clusters.length]] : [];
    });
  const rolling = environments.flatMap(({ name: of, clusters }) => {
    const rollout = rollouts[`${name} ${of}`];
    return rollout?.phase === 'done' ? [] : countReached(rollout, clusters);
  });
  return [
    ...inEnvironments,
    ...rolling,
    ...scarce.flatMap(({ runs, wanted }): Count[] => [
      {
        shown: /(\d+) more clusters? (?:is|are) wanted/,
        are: [wanted - runs],
      },
      { shown: /(\d+) of (\d+) wanted clusters/, are: [runs, wanted] },
    ]),
    {
      shown: /(?:[Rr]eleases?|in place of) (\d+)/,
      among: releases[name].map(({ number }) => number),
    },
  ];
}

function countEnvironment(
  { name }: App,
  { clusters, release, placement, name: of }: AppEnvironment,
  { rollouts }: Answers,
): Count[] {
  const counts: Count[] = [`| Release ${release?.number} ${release?.message}`];
  for (const { release: runs, desiredRelease, instances } of clusters) {
    if (runs !== null && runs === desiredRelease) counts.push(`| ${runs} |`);
    counts.push(
      `${instances.ready} of ${plural(instances.wanted, 'instance')}`,
    );
  }
  if (placement?.satisfied === false && placement.wanted !== undefined)
    counts.push(`On ${clusters.length} of ${placement.wanted} wanted clusters`);
  if (rollouts[`${name} ${of}`]?.phase !== 'done')
    counts.push(...countRollout(rollouts[`${name} ${of}`], clusters));
  return counts;
}

/** How far a rollout is: clusters that run its release, of those that it goes to. */
function countReached(
  rollout: RolloutAnswer | undefined,
  clusters: AppEnvironment['clusters'],
): Count[] {
  if (!rollout) return [];
  const cells = rollout.waves.flatMap(wave => wave.cells);
  const has = clusters.filter(
    ({ cluster, release }) =>
      release === rollout.release &&
      cells.some(cell => cell.cluster === cluster),
  ).length;
  return [
    {
      shown: /(\d+) of (\d+) clusters? ha(?:s|ve)/,
      are: [has, cells.length],
    },
  ];
}

/** A rollout that is under way, as it is drawn; the overview alone says `Wave 2 of 3`. */
function countRollout(
  rollout: RolloutAnswer | undefined,
  clusters: AppEnvironment['clusters'],
): Count[] {
  if (!rollout) return [];
  const { waves, wave } = rollout;
  return [
    ...waves.map((_, index): Count => `| Wave ${index + 1} |`),
    { shown: /Wave (\d+) of (\d+)/, are: [wave, waves.length] },
    { shown: /in (\d+) waves/, are: [waves.length] },
    ...countReached(rollout, clusters),
  ];
}

export function countReleases(app: App, answers: Answers): Count[] {
  return [
    ...countAppSentence(app, answers),
    ...answers.releases[app.name].map(({ number }) => `| Release ${number} |`),
  ];
}

export function countPlacement(
  app: App,
  environment: string,
  answers: Answers,
): Count[] {
  const { placements, clusters, rollouts } = answers;
  const rollout = rollouts[`${app.name} ${environment}`];
  const { verdicts } = placements[`${app.name} ${environment}`];
  return [
    ...countAppSentence(app, answers),
    ...(rollout && rollout.phase !== 'done'
      ? countRollout(
          rollout,
          app.environments.find(({ name }) => name === environment)!.clusters,
        )
      : []),
    ...verdicts.flatMap(({ score }) =>
      score === undefined ? [] : [`| ${score} |`],
    ),
    ...(verdicts.length === clusters.length
      ? []
      : ([
          `${verdicts.length} verdicts for ${clusters.length} clusters`,
        ] as Count[])),
  ];
}
