import type {
  App,
  AppEnvironment,
  Cluster,
} from '@callboard/plugin-callboard-common';
import type { Page } from '@playwright/test';
import { countApp, countPlacement, countReleases } from './countApp';
import { countApps } from './countApps';
import { checkAuditCsv, countAudit } from './countAudit';
import { countCluster } from './countCluster';
import { countPromotion, countSteering } from './countDialogs';
import { countComparison } from './countComparison';
import {
  checkFolded,
  countFleet,
  countFolded,
  countMap,
  longGroups,
} from './countFleet';
import { checkLatest } from './countGroups';
import { checkHistory, countHistory } from './countHistory';
import { checkRows, countLines, countObjects } from './countOutput';
import { countWhatIf } from './countWhatIf';
import { isSilent, placesOn } from './facts';
import type { Counted } from './findMiscounts';
import { namesIn } from './namesIn';
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
  /** Name of the button that opens the dialog whose numbers these are; of a dialog that the address opens, true. */
  dialog?: string | true;
  /** What its text does not show: how many rows there are. */
  check?: (page: Page) => Promise<string[]>;
}

/** Names of one page stand beside those that all have. */
type Unnamed = Omit<CountedPage, 'names'> & Partial<Counted>;

export function countPages(answers: Answers): CountedPage[] {
  const names = namesIn(answers);
  const pages: Unnamed[] = [
    ...listFleetPages(answers),
    { name: 'apps', address: '/callboard/apps', counts: countApps(answers) },
    ...answers.apps
      .filter(({ name }) => answers.releases[name] !== undefined)
      .flatMap(app =>
        listAppPages(app, answers).map(page => ({ ...page, app: app.name })),
      ),
    ...answers.clusters
      .filter(cluster => isSpecial(cluster, answers))
      .map(cluster => ({
        name: cluster.name,
        address: `/callboard/clusters/${cluster.name}`,
        counts: countCluster(cluster, answers),
      })),
    {
      name: 'audit',
      address: '/callboard/audit',
      counts: countAudit(answers),
      ...(!answers.isLost && {
        check: (page: Page) => checkAuditCsv(page, answers),
      }),
    },
  ];
  return pages.map(page => ({
    ...page,
    names: [...names, ...(page.names ?? [])],
  }));
}

function listFleetPages(answers: Answers): Unnamed[] {
  const counts = countFleet(answers);
  const long = longGroups(answers);
  /** Where every row is shown. */
  const addressOf = (question: string) => {
    const unfolded = `unfolded=${long.map(([env]) => env).join()}`;
    const asked = [question, long.length > 0 ? unfolded : ''].filter(Boolean);
    return ['/callboard', ...(asked.length > 0 ? [asked.join('&')] : [])].join(
      '?',
    );
  };
  return [
    { name: 'fleet', address: addressOf(''), counts },
    ...(long.length > 0 ? listLongPages(answers, addressOf) : []),
    {
      name: 'fleet as a map',
      address: '/callboard?view=map',
      counts: countMap(answers),
    },
    ...Object.entries(answers.whatIfs).map(([question, report]) => ({
      name: `fleet, ${question}`,
      address: addressOf(question),
      counts: [...countWhatIf(report), ...counts],
    })),
    ...Object.entries(answers.whatIfs).flatMap(([question, report]) => {
      const [, cluster] = /^ask=drain&on=(.*)/.exec(question) ?? [];
      if (cluster === undefined) return [];
      return {
        name: `dialog of a drain of ${cluster}`,
        address: `/callboard/clusters/${cluster}?do=drain`,
        dialog: true as const,
        counts: countWhatIf(report),
      };
    }),
  ];
}

/** What a fleet too long for one look has: folded groups, a selection, a comparison. */
function listLongPages(
  answers: Answers,
  addressOf: (question: string) => string,
): Unnamed[] {
  const counts = countFleet(answers);
  const [first, second, ...rest] = answers.clusters;
  const last = rest[rest.length - 1];
  const three = [first, second, last].map(({ name }) => name);
  return [
    {
      name: 'fleet, folded',
      address: '/callboard',
      ...countFolded(answers),
      check: page => checkFolded(page, answers),
    },
    {
      name: 'fleet, three selected',
      address: addressOf(`sel=${three.join()}`),
      counts: [[/(\d+) clusters? selected/, three.length], ...counts],
    },
    {
      name: 'fleet, two compared',
      address: addressOf(`compare=${first.name},${last.name}`),
      counts: [...countComparison(first, last, answers), ...counts],
    },
  ];
}

function listAppPages(app: App, answers: Answers): Unnamed[] {
  const address = `/callboard/apps/${app.name}`;
  const tab = (
    name: string,
    { env, ...page }: { env?: string } & Pick<Unnamed, 'counts' | 'check'>,
  ): Unnamed => ({
    name: [app.name, name, env].filter(Boolean).join(', '),
    address: `${address}?tab=${name}${env === undefined ? '' : `&env=${env}`}`,
    ...page,
  });
  const keyOf = (env: string) => `${app.name} ${env}`;
  return [
    {
      name: `${app.name}, overview`,
      address,
      counts: countApp(app, answers),
      check: checkLatest,
    },
    ...app.environments.flatMap(environment =>
      listDialogs(app, environment, answers).map(dialog => ({
        ...dialog,
        address,
      })),
    ),
    tab('releases', {
      counts: countReleases(app, answers),
      check: page =>
        checkRows(
          page,
          'main table tbody tr',
          answers.releases[app.name].length,
        ),
    }),
    tab('history', {
      counts: countHistory(app, answers),
      check: page => checkHistory(page, app, answers),
    }),
    ...app.environments
      .filter(({ release }) => release !== null)
      .flatMap(({ name: env }) => [
        ...(answers.placements[keyOf(env)]
          ? [
              tab('placement', {
                env,
                counts: countPlacement(app, env, answers),
              }),
            ]
          : []),
        ...(answers.logs[keyOf(env)]
          ? [
              tab('logs', {
                env,
                counts: countLines(app, env, answers),
                check: page =>
                  checkRows(
                    page,
                    '[role="log"] > div > div',
                    answers.logs[keyOf(env)].length,
                  ),
              }),
            ]
          : []),
        ...(answers.objects[keyOf(env)]
          ? [
              tab('kubernetes', {
                env,
                counts: countObjects(app, env, answers),
                check: page =>
                  checkRows(
                    page,
                    'main ul[data-root] details',
                    answers.objects[keyOf(env)].objects.length,
                  ),
              }),
            ]
          : []),
      ]),
  ];
}

/** What an app's page asks before it acts on an environment. */
function listDialogs(
  app: App,
  environment: AppEnvironment,
  answers: Answers,
): Array<Omit<Unnamed, 'address'>> {
  const { name, promotion } = environment;
  const rollout = answers.rollouts[`${app.name} ${name}`];
  const canPromote =
    typeof promotion?.candidate === 'number' &&
    !promotion.blockedBy &&
    !promotion.rolledBack &&
    promotion.change !== 'rollback';
  const older = promotion?.change === 'older' ? 'older ' : '';
  return [
    ...(canPromote
      ? [
          {
            name: `${app.name}, dialog of a promotion`,
            dialog: `Promote ${older}release ${promotion.candidate} to`,
            counts: countPromotion(app, environment, answers),
          },
        ]
      : []),
    ...(rollout && rollout.phase !== 'done' ? rollout.actions : []).map(
      ({ action }) => ({
        name: `${app.name}, dialog to ${action}`,
        dialog:
          action === 'rollback'
            ? `Roll back to release ${rollout.before}`
            : `${action.charAt(0).toUpperCase()}${action.slice(1)}`,
        counts: countSteering(action, rollout, environment),
      }),
    ),
  ];
}

/** Empty clusters that are as they should be are like each other: one is looked at. */
function isSpecial(cluster: Cluster, { apps, clusters }: Answers): boolean {
  const isPlain = (each: Cluster) =>
    placesOn(each.name, apps).length === 0 &&
    each.scheduling.state === 'open' &&
    !isSilent(each);
  return !isPlain(cluster) || cluster === clusters.find(isPlain);
}
