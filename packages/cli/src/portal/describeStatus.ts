import {
  type App,
  type AppEnvironment,
  type DeploymentView,
  type Health,
  describeSilence,
  partOf,
} from '@callboard/plugin-callboard-common';
import {
  describePromotion,
  describeEntity,
  shownHealth,
} from '@callboard/plugin-callboard-core';
import { type Paint, markOf } from './createPaint';
import { cutText, formatTable } from './formatTable';
import { plainText } from './plainText';

const MOST_CLUSTERS = 50; // of an environment
const MOST_LINES = 5; // of an output
const MOST_CHARACTERS = 300;

/** Describes an app as its page does: the sentence, open problems, then where it runs. */
export function describeStatus(
  app: App,
  {
    now,
    page,
    paint,
    usage,
  }: {
    now: Date;
    page: string;
    paint: Paint;
    /** Resource usage of instances, by environment. */
    usage?: ReadonlyMap<string, readonly string[]>;
  },
): string[] {
  const names = [app.title !== app.name ? app.title : '', owner(app)];
  return [
    [paint('bold', app.name), ...names.filter(Boolean)].join('  '),
    say(app.sentence),
    page,
    ...app.environments.flatMap(environment => [
      '',
      ...describeIn(environment, app, {
        now,
        paint,
        usage: usage?.get(environment.name),
      }),
    ]),
  ];
}

/** Whether an environment needs no attention; one that was stopped on purpose needs none either. */
export function isWell(environment: AppEnvironment, now: Date): boolean {
  if (environment.release === null) return true;
  if (environment.problem || environment.findings.length > 0) return false;
  if (environment.placement?.satisfied === false) return false;
  const { status } = shown(environment, now);
  return status === 'Healthy' || status === 'Suspended';
}

function owner({ owner: ref }: App): string {
  return `owner ${say(describeEntity(ref))}`;
}

function describeIn(
  environment: AppEnvironment,
  { environments }: App,
  {
    now,
    paint,
    usage = [],
  }: { now: Date; paint: Paint; usage?: readonly string[] },
): string[] {
  const { name, title, release, clusters, findings, problem, rollout } =
    environment;
  const from = environments.find(
    each => each.name === environment.promotion?.from,
  );
  const promotion = describePromotion(environment, from);
  const head = [
    paint('bold', title === name ? name : `${title} (${name})`),
    release === null
      ? 'nothing released'
      : `release ${release.number} “${cut(release.message)}”`,
    ...(release === null
      ? []
      : [markOf(shown(environment, now).status, paint)]),
    ...(environment.url === undefined ? [] : [say(environment.url)]),
  ];
  const shownClusters = clusters.slice(0, MOST_CLUSTERS);
  return [
    head.join('  '),
    ...(problem
      ? [`  ${say(problem.what)}: ${say(problem.why)}`, next(problem.next)]
      : []),
    ...findings.flatMap(({ what, evidence, logTail, next: todo }) => [
      `  ${say(what)}`,
      ...evidence.map(({ label, value }) => `    ${say(label)}: ${cut(value)}`),
      ...logTail.slice(-MOST_LINES).map(line => `    | ${cut(line)}`),
      next(todo),
    ]),
    ...(rollout && rollout.phase !== 'done'
      ? [`  ${say(rollout.sentence)}`]
      : []),
    ...(promotion === undefined ? [] : [paint('quiet', `  ${say(promotion)}`)]),
    ...usage.map(sentence => `  ${say(sentence)}`),
    ...formatTable(
      shownClusters.map(cluster => rowOf(cluster, { now, paint })),
    ).map(line => `  ${line}`),
    ...(clusters.length > shownClusters.length
      ? [`  and ${clusters.length - shownClusters.length} more clusters`]
      : []),
  ];
}

function rowOf(
  cluster: DeploymentView,
  { now, paint }: { now: Date; paint: Paint },
): string[] {
  const { instances, observedAt, freshness } = cluster;
  const health = shown(cluster, now);
  const seen =
    observedAt === null
      ? 'never seen'
      : `seen ${describeSilence(now.getTime() - Date.parse(observedAt))} ago`;
  const why = health.status === 'Healthy' ? '' : health.message;
  return [
    say(cluster.cluster),
    describeRelease(cluster),
    markOf(health.status, paint),
    partOf(instances.ready, instances.wanted, 'instance'),
    // An observation that is not live is described by its own sentence.
    paint('quiet', freshness === 'live' ? seen : ''),
    [cut(why), say(cluster.url ?? '')].filter(Boolean).join('  '),
  ];
}

function describeRelease({ release, desiredRelease }: DeploymentView): string {
  if (desiredRelease === null)
    return release === null ? 'terminating' : `release ${release}, terminating`;
  if (release === desiredRelease) return `release ${release}`;
  return release === null
    ? `release ${desiredRelease} on its way`
    : `release ${release} → ${desiredRelease}`;
}

function shown(
  of: Pick<AppEnvironment, 'health' | 'freshness'> & {
    observedAt?: string | null;
  },
  now: Date,
): Health {
  const observedAt = of.observedAt ? new Date(of.observedAt) : undefined;
  return shownHealth(of.health, of.freshness, observedAt, now);
}

function next(text: string): string {
  return `    next: ${say(text)}`;
}

function say(text: string): string {
  return plainText(text);
}

function cut(text: string): string {
  return cutText(say(text), MOST_CHARACTERS);
}
