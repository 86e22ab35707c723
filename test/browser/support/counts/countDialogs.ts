import type {
  App,
  AppEnvironment,
  ReleaseDiff,
  RolloutActionName,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { plural } from './facts';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

/** What a promotion says that it will do. */
export function countPromotion(
  app: App,
  { name, release, promotion }: AppEnvironment,
  { placements, releases, rollouts, diffs }: Answers,
): Count[] {
  const candidate = promotion!.candidate!;
  const chosen = (placements[`${app.name} ${name}`]?.verdicts ?? []).filter(
    ({ verdict }) => verdict === 'chosen',
  );
  const rollout = rollouts[`${app.name} ${name}`];
  const isOlder = promotion!.change === 'older';
  const isRolling = rollout !== undefined && rollout.phase !== 'done';
  const diff = diffs[`${app.name} ${name}`];
  return [
    ...(diff ? countChanges(diff) : []),
    `Promote ${isOlder ? 'older ' : ''}release ${candidate} to`,
    `| Release ${candidate}`,
    ...(release
      ? ([
          `replaces ${isOlder ? 'the newer ' : ''}release ${release.number}`,
          `Release ${release.number} can be deployed again`,
        ] as const)
      : (['is the first in'] as const)),
    ...(isRolling
      ? ([[/The rollout of release (\d+) ends/, rollout.release]] as Count[])
      : []),
    ...(chosen.length > 0
      ? [`It goes to ${plural(chosen.length, 'cluster')}`]
      : []),
    {
      shown: /[Rr]eleases? (\d+)/,
      among: releases[app.name].map(({ number }) => number),
    },
  ];
}

/** What it says that becomes of objects: each once, on however many clusters. */
function countChanges({ groups }: ReleaseDiff): Count[] {
  if (groups.length === 0) return [];
  const objects = groups.flatMap(group => group.objects);
  const parts = (
    [
      ['changes', 'changed'],
      ['adds', 'added'],
      ['removes', 'removed'],
    ] as const
  ).flatMap(([verb, change]) => {
    const names = new Set(
      objects
        .filter(object => object.change === change)
        .map(({ kind, name }) => `${kind} ${name}`),
    );
    return names.size > 0 ? [`${verb} ${plural(names.size, 'object')}`] : [];
  });
  const places = groups.flatMap(({ clusters }) => clusters).length;
  return [`${list(parts)} on ${plural(places, 'cluster')}`];
}

/** What an action on a rollout says that it will do: where releases are comes from the clusters. */
export function countSteering(
  action: RolloutActionName,
  rollout: RolloutAnswer,
  { clusters }: AppEnvironment,
): Count[] {
  const { release, before, waves } = rollout;
  const order = waves.flatMap(({ cells }) => cells.map(each => each.cluster));
  const isWanted = (cluster: string) =>
    clusters.some(
      each => each.cluster === cluster && each.desiredRelease === release,
    );
  const reached = order.filter(isWanted);
  const rest = order.filter(cluster => !isWanted(cluster));
  const stay = (names: string[], on: number | undefined) =>
    names.length === 0
      ? []
      : [
          `${list(names)} ${
            names.length === 1 ? 'stays' : 'stay'
          } on release ${on}`,
        ];
  switch (action) {
    case 'resume':
      return rest.length === 0
        ? []
        : [`${list(rest)} ${rest.length === 1 ? 'comes' : 'come'} next`];
    case 'rollback':
      return [
        `Roll back to release ${before} in`,
        `${list(reached)} ${
          reached.length === 1 ? 'rolls' : 'roll'
        } back to release ${before}`,
        ...(rest.length === 0 ? [] : [`${list(rest)} never left it`]),
        { shown: /Roll back to release (\d+)/, are: [before!] },
      ];
    default:
      return [...stay(reached, release), ...stay(rest, before)];
  }
}

function list(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
