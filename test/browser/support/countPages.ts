import {
  type App,
  type AppEnvironment,
  type Cluster,
  describeBytes,
  describeCpu,
  nameCluster,
  type RolloutAnswer,
  type WhatIfReport,
} from '@callboard/plugin-callboard-common';
import type { Count, Counted } from './findMiscounts';
import type { Answers } from './readAnswers';

/*
 * Every number of every page, counted from what the API answers about other
 * things: the apps of a cluster from the apps, how many are live from the
 * clusters, how far a rollout is from where its release runs.
 */

/** A page and its numbers. */
export interface CountedPage extends Counted {
  name: string;
  /** The app that it is about, where it is about one. */
  app?: string;
  address: string;
}

export function countPages(answers: Answers): CountedPage[] {
  const names = namesIn(answers);
  const page = (name: string, address: string, counts: Count[]) => ({
    name,
    address,
    counts,
    names,
  });
  return [
    page('fleet', '/callboard', countFleet(answers)),
    page('fleet as a map', '/callboard?view=map', countMap(answers)),
    ...Object.entries(answers.drains).map(([cluster, report]) =>
      page(`drain of ${cluster}`, `/callboard?ask=drain&on=${cluster}`, [
        ...countWhatIf(report),
        ...countFleet(answers),
      ]),
    ),
    page('apps', '/callboard/apps', countApps(answers)),
    ...answers.apps.flatMap(app => {
      const address = `/callboard/apps/${app.name}`;
      const titled = (tab: string) => `${app.name}, ${tab}`;
      const pages = [
        page(titled('overview'), address, countApp(app, answers)),
        page(
          titled('releases'),
          `${address}?tab=releases`,
          countReleases(app, answers),
        ),
        ...app.environments
          .filter(({ name }) => answers.placements[`${app.name} ${name}`])
          .map(({ name }) =>
            page(
              titled(`placement in ${name}`),
              `${address}?tab=placement&env=${name}`,
              countPlacement(app, name, answers),
            ),
          ),
      ];
      return pages.map(each => ({ ...each, app: app.name }));
    }),
    ...answers.clusters
      .filter(cluster => isSpecial(cluster, answers))
      .map(cluster =>
        page(
          cluster.name,
          `/callboard/clusters/${cluster.name}`,
          countCluster(cluster, answers),
        ),
      ),
    page('audit', '/callboard/audit', countAudit(answers)),
  ];
}

/** What a drain that goes on says on the fleet's page and on the cluster's. */
function countDrains(clusters: readonly Cluster[]): Count[] {
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

/** Empty clusters that are as they should be are like each other: one is looked at. */
function isSpecial(cluster: Cluster, { apps, clusters }: Answers): boolean {
  const isPlain = (each: Cluster) =>
    placesOn(each.name, apps).length === 0 &&
    each.scheduling.state === 'open' &&
    !isSilent(each);
  return !isPlain(cluster) || cluster === clusters.find(isPlain);
}

const plural = (count: number, noun: string) =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
const countOf = (count: number, noun: string) =>
  count === 0 ? `no ${noun}` : plural(count, noun);

function isSilent({ freshness }: { freshness: string }): boolean {
  return freshness !== 'live';
}

const scheduledAs =
  (...states: string[]) =>
  ({ scheduling }: Cluster) =>
    states.includes(scheduling.state);

/** An app that somebody should look at, by what its own page says. */
function isInNeed({ build, environments }: App): boolean {
  return (
    build?.state === 'failed' ||
    environments.some(
      ({ findings, health, placement, problem, release, clusters }) =>
        problem !== undefined ||
        findings.length > 0 ||
        placement?.satisfied === false ||
        (release !== null &&
          ['Degraded', 'Missing', 'Unknown'].includes(health.status) &&
          !clusters.some(({ reading }) => reading)),
    )
  );
}

function isClusterInNeed(cluster: Cluster): boolean {
  const { blueprint, health, reading, scheduling } = cluster;
  if (isSilent(cluster)) return !reading;
  return (
    ['Degraded', 'Missing'].includes(health.status) ||
    blueprint?.state === 'failed' ||
    (blueprint?.drift.length ?? 0) > 0 ||
    (scheduling.state === 'draining' &&
      scheduling.left.some(({ state }) => state === 'stuck'))
  );
}

/** Environments of apps on a cluster, as the apps' own pages say. */
function placesOn(
  cluster: string,
  apps: readonly App[],
): Array<{ app: App; environment: AppEnvironment }> {
  return apps.flatMap(app =>
    app.environments
      .filter(({ clusters }) => clusters.some(each => each.cluster === cluster))
      .map(environment => ({ app, environment })),
  );
}

/** An app that runs there in two environments is one app. */
function appsOn(cluster: string, apps: readonly App[]): number {
  return new Set(placesOn(cluster, apps).map(({ app }) => app.name)).size;
}

function namesIn({
  host,
  clusters,
  apps,
  journal,
  releases,
  audit,
  placements,
}: Answers): string[] {
  return [
    host,
    ...clusters.flatMap(
      ({ name, title, claims, labels, health, scheduling }) => [
        health.message,
        ...(scheduling.state === 'draining'
          ? scheduling.left.map(({ message }) => message)
          : []),
        nameCluster({ name, title }),
        title,
        name,
        ...[...Object.entries(labels), ...Object.entries(claims)].flatMap(
          ([key, value]) => [value, `${key}=${value}`],
        ),
      ],
    ),
    ...apps.flatMap(({ name, title, environments }) => [
      name,
      title,
      ...environments.flatMap(({ clusters: places, findings }) => [
        ...places.flatMap(({ urls }) =>
          urls.map(url => url.replace(/^https?:\/\//, '')),
        ),
        ...findings.flatMap(({ what, next, evidence }) => [
          what,
          next,
          ...evidence.map(({ label, value }) => `${label} | ${value}`),
        ]),
      ]),
    ]),
    ...journal.flatMap(({ message, why }) => [message, why ?? '']),
    ...Object.values(releases)
      .flat()
      .flatMap(({ message, revision }) => [message, revision.slice(0, 7)]),
    ...Object.values(placements)
      .flatMap(({ verdicts }) => verdicts)
      .flatMap(({ reasons, remedy }) => [
        remedy ?? '',
        ...reasons.map(({ message }) => message),
      ]),
    ...audit.items.map(({ explanation }) => explanation),
  ];
}

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
  if (need > 0) counts.push([/(\d+) needs? attention/, need]);
  else if (apps.length > 0 && reading.length === 0)
    counts.push('none needs attention');
  return counts;
}

function countFilters({ clusters }: Answers): Count[] {
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
    of('All', () => true),
    of('Needs attention', isClusterInNeed),
    of('Cordoned or draining', each => each.scheduling.state !== 'open'),
    of(
      'Drifted',
      each => !isSilent(each) && (each.blueprint?.drift.length ?? 0) > 0,
    ),
    ...Object.entries(groupBy(clusters, ({ labels }) => labels.env ?? '')).map(
      ([env, members]): Count => `| ${env} · ${members.length} |`,
    ),
  ];
}

function countFleet(answers: Answers): Count[] {
  if (answers.clusters.length === 0) return [];
  return [
    ...countFleetSentence(answers),
    ...countFilters(answers),
    ...countDrains(answers.clusters),
    ...answers.clusters.map(cluster =>
      [
        cluster.labels.region ?? cluster.claims.region ?? '–',
        describeBlueprint(cluster),
        appsOn(cluster.name, answers.apps),
        describeFree(cluster),
      ].join(' | '),
    ),
  ];
}

function countMap(answers: Answers): Count[] {
  if (answers.clusters.length === 0) return [];
  return [
    ...countFleetSentence(answers),
    ...countFilters(answers),
    ...countDrains(answers.clusters),
    ...answers.clusters.map(cluster => {
      const apps = countOf(appsOn(cluster.name, answers.apps), 'app');
      return `${nameCluster(cluster)} | ${
        isSilent(cluster) ? 'not seen' : apps
      }`;
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

function countApps({ apps }: Answers): Count[] {
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

function countApp(app: App, answers: Answers): Count[] {
  return [
    ...countAppSentence(app, answers),
    ...app.environments
      .filter(({ release }) => release !== null)
      .flatMap(environment => countEnvironment(app, environment, answers)),
  ];
}

/** The first line of every tab of an app. */
function countAppSentence(
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
  const counts: Count[] = [`| Release ${release?.number}`];
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

function countReleases(app: App, answers: Answers): Count[] {
  return [
    ...countAppSentence(app, answers),
    ...answers.releases[app.name].map(({ number }) => `| Release ${number} |`),
  ];
}

function countPlacement(
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

/** What the first line of a cluster says of its apps. */
function countCarried(cluster: Cluster, apps: number): Count {
  if (isSilent(cluster)) {
    const verb = cluster.reading ? 'carried' : 'with';
    return apps === 0
      ? `${verb} no app`
      : [new RegExp(`${verb} (\\d+) apps?`), apps];
  }
  return apps === 0 ? 'carries no app' : [/carries (\d+) apps?/, apps];
}

function countCluster(cluster: Cluster, { apps }: Answers): Count[] {
  const { blueprint, capacity, nodes, requested } = cluster;
  const here = placesOn(cluster.name, apps);
  const sick = here.filter(({ environment: { clusters } }) =>
    clusters.some(
      each =>
        each.cluster === cluster.name &&
        ['Degraded', 'Missing'].includes(each.health.status),
    ),
  );
  const needing = new Set(sick.map(({ app }) => app.name)).size;
  return [
    { shown: /of which (\d+) needs? attention/, are: [needing] },
    ...countDrains([cluster]),
    countCarried(cluster, appsOn(cluster.name, apps)),
    [/\| Apps \| (\d+) \|/, appsOn(cluster.name, apps)],
    ...here.map(
      ({ environment: { title, clusters } }): Count =>
        `${title} · release ${
          clusters.find(each => each.cluster === cluster.name)?.release
        }`,
    ),
    ...(blueprint ? [`${blueprint.name} ${blueprint.version}`] : []),
    ...(capacity
      ? [
          `${describeCpu(requested?.cpuMillicores ?? 0)} of ${describeCpu(
            capacity.cpuMillicores,
          )}`,
          `${describeBytes(requested?.memoryBytes ?? 0)} of ${describeBytes(
            capacity.memoryBytes,
          )}`,
          `${requested?.pods ?? 0} of ${capacity.pods}`,
        ]
      : []),
    `${nodes.ready} of ${nodes.total} ready`,
  ];
}

/** Does an environment run where it was decided? As its placement and its clusters say. */
function auditOf(
  app: App,
  { name, clusters, placement }: AppEnvironment,
  { placements }: Answers,
) {
  const decided = (placements[`${app.name} ${name}`]?.verdicts ?? [])
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster);
  const actual = clusters
    .filter(({ release }) => release !== null)
    .map(({ cluster }) => cluster);
  const silent = clusters.filter(isSilent).map(({ cluster }) => cluster);
  const differ = [
    ...decided.filter(cluster => !actual.includes(cluster)),
    ...actual.filter(cluster => !decided.includes(cluster)),
  ].filter(cluster => !silent.includes(cluster));
  if (placement === null) return { decided, actual, verdict: 'undecided' };
  if (differ.length > 0 || !placement.satisfied)
    return { decided, actual, verdict: 'wrong' };
  return { decided, actual, verdict: silent.length > 0 ? 'unknown' : 'good' };
}

function countAudit(answers: Answers): Count[] {
  const rows = answers.apps.flatMap(app =>
    app.environments
      .filter(({ release }) => release !== null)
      .map(environment => ({
        app: app.name,
        release: environment.release?.number,
        title: environment.title,
        ...auditOf(app, environment, answers),
      })),
  );
  const sentence = (of: typeof rows) => {
    const apps = Object.values(groupBy(of, ({ app }) => app));
    const kind = (wanted: string) =>
      apps.filter(all => all.some(({ verdict }) => verdict === wanted));
    const wrong = kind('wrong');
    const unknown = kind('unknown').filter(all => !wrong.includes(all));
    const good = apps.filter(all =>
      all.every(({ verdict }) => verdict === 'good'),
    );
    return [
      `${good.length} of ${plural(apps.length, 'app')} ${
        apps.length === 1 ? 'runs where it' : 'run where they'
      } should`,
      ...(wrong.length > 0
        ? [`; ${wrong.length} ${wrong.length === 1 ? 'does' : 'do'} not`]
        : []),
      ...(unknown.length > 0 ? [`; ${unknown.length} unknown`] : []),
    ].join('');
  };
  if (rows.length === 0) return [];
  return [
    sentence(rows),
    ...Object.values(groupBy(rows, ({ title }) => title)).map(sentence),
    ...rows.map(({ release, decided, actual }) =>
      [
        release,
        [...decided].sort().join(', ') || '–',
        [...actual].sort().join(', ') || '–',
      ].join(' | '),
    ),
  ];
}

/** What a drain would do, apart from its own sentence: each app once. */
function countWhatIf({ moves, noRoom, lostSpread, stays }: WhatIfReport) {
  const apps = (places: ReadonlyArray<{ app: string }>) =>
    new Set(places.map(({ app }) => app)).size;
  const stuck = noRoom.filter(each => each.stuck.length > 0);
  const stay =
    apps([...moves, ...noRoom, ...lostSpread, ...stays]) -
    apps([...moves, ...noRoom, ...lostSpread]);
  const counts: Count[] = [
    moves.length === 0 ? 'moves no app' : [/moves (\d+) apps?/, apps(moves)],
  ];
  const say = (shown: RegExp, count: number) => {
    if (count > 0) counts.push([shown, count]);
  };
  say(/(\d+) ha(?:s|ve) nowhere else to run/, apps(stuck));
  say(
    /(\d+) finds? fewer clusters than wanted/,
    apps(noRoom.filter(each => each.stuck.length === 0)),
  );
  say(/\| No other place (\d+)/, apps(noRoom));
  say(/\| Moves (\d+)/, apps(moves));
  say(/\| (\d+) apps? stays?/, stay);
  counts.push({ shown: /all (\d+) stay/, are: [stay] });
  return counts;
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Record<string, T[]> {
  const groups: Record<string, T[]> = {};
  for (const item of items) (groups[keyOf(item)] ??= []).push(item);
  return groups;
}
