import {
  type Cluster,
  describeBytes,
  describeCpu,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import type { Page } from '@playwright/test';
import { checkRows } from './countOutput';
import {
  appsOn,
  countOf,
  groupBy,
  isClusterInNeed,
  isInNeed,
  isSilent,
  scheduledAs,
} from './facts';
import type { Count, Counted } from './findMiscounts';
import type { Answers } from './readAnswers';

/** What the fleet's first line says. */
function countFleetSentence({ clusters, apps }: Answers): Count[] {
  const counts: Count[] = [];
  const say = (count: number, words: string) => {
    if (count > 0) counts.push([new RegExp(`(\\d+) ${words}`), count]);
  };
  const silent = clusters.filter(isSilent);
  const reading = silent.filter(each => each.reading);
  if (clusters.length > 0) counts.push([/(\d+) clusters?, /, clusters.length]);
  if (silent.length === 0 && clusters.length > 0) counts.push('all live');
  else if (reading.length < clusters.length)
    say(clusters.length - silent.length, 'live');
  if (reading.length < clusters.length)
    say(reading.length, 'being read after a start');
  say(
    silent.filter(each => !each.reading && each.observedAt).length,
    'not seen for',
  );
  say(clusters.filter(scheduledAs('cordoned')).length, 'cordoned');
  say(clusters.filter(scheduledAs('draining')).length, 'draining');
  say(clusters.filter(scheduledAs('drained')).length, 'drained');
  if (apps.length > 0) counts.push([/(\d+) apps?, /, apps.length]);
  const need = apps.filter(isInNeed).length;
  if (need > 0) {
    const link = need === 1 ? '1 app needs' : `${need} apps need`;
    counts.push(`| ${link} attention`, [/(\d+) needs? attention/, need]);
  } else if (apps.length > 0 && reading.length === 0)
    counts.push('none needs attention');
  return counts;
}

const NAMED_IN_NEED = 6; // clusters that want a person; the others are behind a button

/** What people call the clusters of an environment; some labels name none. */
function titleOf(env: string, { environments }: Answers): string {
  return environments.find(({ name }) => name === env)?.title ?? env;
}

function countFilters(answers: Answers): Count[] {
  const { clusters } = answers;
  const unnamed = clusters.filter(isClusterInNeed).length - NAMED_IN_NEED;
  const of = (words: string, matches: (cluster: Cluster) => boolean): Count => [
    new RegExp(`\\| ${words} (\\d+)`),
    clusters.filter(matches).length,
  ];
  return [
    ...(clusters.some(isClusterInNeed)
      ? [
          `${clusters.filter(isClusterInNeed).length} of ${
            clusters.length
          } clusters`,
        ]
      : []),
    ...(unnamed > 0 ? ([[/\| (\d+) more \|/, unnamed]] as Count[]) : []),
    of('All', () => true),
    of('Needs attention', isClusterInNeed),
    of('Cordoned or draining', each => each.scheduling.state !== 'open'),
    of(
      'Drifted',
      each => !isSilent(each) && (each.blueprint?.drift.length ?? 0) > 0,
    ),
    ...Object.entries(groupBy(clusters, ({ labels }) => labels.env ?? '')).map(
      ([env, members]): Count =>
        `| ${titleOf(env, answers)} · ${members.length} |`,
    ),
  ];
}

/** What stands above the clusters. */
function countHead(answers: Answers): Count[] {
  return [
    ...countFleetSentence(answers),
    ...countFilters(answers),
    ...countDrains(answers.clusters),
  ];
}

/** The whole table: long groups are unfolded. */
export function countFleet(answers: Answers): Count[] {
  if (answers.clusters.length === 0) return [];
  return [
    ...countHead(answers),
    ...answers.clusters.map(cluster => describeRow(cluster, answers)),
  ];
}

const LONGEST_WHOLE = 14; // rows of a group that is not folded
const FOLDED_ROWS = 10;

/** The groups of the table that are folded until somebody unfolds them. */
export function longGroups({ clusters }: Answers): Array<[string, Cluster[]]> {
  return Object.entries(
    groupBy(clusters, ({ labels }) => labels.env ?? ''),
  ).filter(([, members]) => members.length > LONGEST_WHOLE);
}

/** The table as it opens: of a long group some rows, and how many there are. */
export function countFolded(answers: Answers): Counted {
  const long = longGroups(answers);
  const folded = long.flatMap(([, members]) => members);
  return {
    counts: [
      ...countHead(answers),
      ...answers.clusters
        .filter(cluster => !folded.includes(cluster))
        .map(cluster => describeRow(cluster, answers)),
      ...long.map(
        ([env, members]): Count =>
          `Show all ${members.length} of ${titleOf(env, answers)}`,
      ),
    ],
    // Which of them are shown is for the order to say; each row is one of these.
    names: folded.map(cluster => describeRow(cluster, answers)),
  };
}

/** How many rows of each long group are shown. */
export async function checkFolded(
  page: Page,
  answers: Answers,
): Promise<string[]> {
  const faults = longGroups(answers).map(([env]) =>
    checkRows(
      page,
      `[aria-label="Clusters with env ${titleOf(env, answers)}"] tbody tr`,
      FOLDED_ROWS,
    ),
  );
  return (await Promise.all(faults)).flat();
}

function describeRow(cluster: Cluster, { apps }: Answers): string {
  return [
    cluster.labels.region ?? cluster.claims.region ?? '–',
    describeBlueprint(cluster),
    appsOn(cluster.name, apps),
    describeFree(cluster),
  ].join(' | ');
}

export function countMap(answers: Answers): Count[] {
  if (answers.clusters.length === 0) return [];
  return [
    ...countHead(answers),
    ...answers.clusters.map(cluster => {
      const { state } = cluster.scheduling;
      const apps = countOf(appsOn(cluster.name, answers.apps), 'app');
      return [
        `${nameCluster(cluster)} | ${
          answers.isLost || isSilent(cluster) ? 'not seen' : apps
        }`,
        ...(state === 'open' ? [] : [state]),
      ].join(' · ');
    }),
  ];
}

function describeBlueprint({ blueprint }: Cluster): string {
  if (!blueprint) return 'none';
  const { name, version, state, drift } = blueprint;
  return [
    `${name} ${version}`,
    ...(state === 'applied' ? [] : [state]),
    ...(drift.length > 0 ? ['drifted'] : []),
  ].join(' · ');
}

function describeFree({ capacity, requested }: Cluster): string {
  if (!capacity) return '–';
  const free = (key: keyof typeof capacity) =>
    Math.max(0, capacity[key] - (requested?.[key] ?? 0));
  return `${describeCpu(free('cpuMillicores'))} · ${describeBytes(
    free('memoryBytes'),
  )}`;
}

/** What a drain that goes on says on the fleet's page and on the cluster's. */
export function countDrains(clusters: readonly Cluster[]): Count[] {
  return clusters.flatMap(({ scheduling }): Count[] => {
    if (scheduling.state !== 'draining') return [];
    const appsOf = (left: typeof scheduling.left) =>
      new Set(left.map(({ app }) => app)).size;
    return [
      {
        shown: /(\d+)(?: apps?)? ha(?:s|ve) nowhere else to run/,
        are: [appsOf(scheduling.left.filter(({ state }) => state === 'stuck'))],
      },
      { shown: /(\d+) apps? left/, are: [appsOf(scheduling.left)] },
    ];
  });
}
