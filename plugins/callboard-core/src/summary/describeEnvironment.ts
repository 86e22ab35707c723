import {
  type DeploymentView,
  type AppEnvironment,
  countOf,
  describeSilence,
  listOf,
} from '@callboard/plugin-callboard-common';
import { describeServing } from './describeServing';

/** State of a release in one environment. */
export interface EnvironmentWords {
  /** A clause without full stop: `release 42 is healthy on 3 of 3 production clusters`. */
  says: string;
  /** Why it has not arrived yet, without app and environment. */
  cause?: string;
}

/** Same as {@link explainEnvironment}, the clause alone. */
export function describeEnvironment(
  environment: AppEnvironment,
  now: Date,
): string | undefined {
  return explainEnvironment(environment, now)?.says;
}

/** Describes the state of a release in one environment, and its cause. Undefined where nothing is released. */
export function explainEnvironment(
  environment: AppEnvironment,
  now: Date,
): EnvironmentWords | undefined {
  const { release, problem, findings, clusters, health } = environment;
  if (!release) return undefined;
  if (problem) {
    return {
      says: `release ${release.number} cannot run in ${environment.title}: ${problem.why}`,
      cause: problem.why,
    };
  }
  // A slow deployment has a finding before its deadline, which is more specific than "on its
  // way".
  if (
    findings.length > 0 &&
    (isSick(environment) || health.status === 'Progressing')
  ) {
    const [{ what, cause }] = findings;
    return {
      says: [what, ...describeOthers(environment)].join('; '),
      ...(cause !== undefined && { cause }),
    };
  }
  const inWaves =
    health.reason === 'Stopped' ? undefined : explainWaves(environment);
  if (inWaves) return inWaves;
  const lost = clusters.filter(({ freshness }) => freshness !== 'live');
  if (clusters.length > 0 && lost.length === clusters.length) {
    const cause = describeLost(lost, now);
    return {
      says: `it is not known how release ${release.number} is in ${environment.title}: ${cause}`,
      cause,
    };
  }
  return {
    says: [
      describeState(environment),
      ...(lost.length > 0 ? [describeLost(lost, now)] : []),
      ...describeOthers(environment),
      ...describeWanted(environment),
    ].join('; '),
    ...(health.message && { cause: health.message }),
  };
}

/** Until a release has reached all its clusters, its rollout is described. */
function explainWaves({
  release,
  rollout,
  title,
}: AppEnvironment): EnvironmentWords | undefined {
  if (!rollout || rollout.phase === 'done') return undefined;
  if (rollout.release !== release?.number) return undefined;
  const { phase, purpose, reached, clusterCount } = rollout;
  const subject = `release ${release.number}`;
  const sentence = lowerFirst(rollout.sentence);
  const has = `${reached} of ${countOf(clusterCount, 'cluster')} ${
    reached === 1 ? 'has' : 'have'
  } it`;
  switch (phase) {
    case 'paused':
      return {
        says: `${subject} is paused in ${title}: ${has}. Resume to continue`,
        cause: `${has}. Resume to continue`,
      };
    case 'aborted':
      return {
        says: `${subject} was aborted in ${title}: ${has}. Roll back, or promote another release`,
        cause: `${has}. Roll back, or promote another release`,
      };
    case 'halted':
      return {
        says: `${subject} went to ${reached} of ${countOf(
          clusterCount,
          'cluster',
        )} in ${title} and ${sentence}`,
      };
    default:
      return {
        says:
          purpose === 'roll-back'
            ? `${title} rolls back to ${subject}: ${sentence}`
            : `${subject} is on its way to ${title}: ${sentence}`,
        cause: sentence,
      };
  }
}

/** A cluster out of contact does not hide an unhealthy one. */
function isSick({ health, clusters }: AppEnvironment): boolean {
  return (
    health.status === 'Degraded' ||
    clusters.some(
      cluster =>
        cluster.freshness === 'live' && cluster.health.status === 'Degraded',
    )
  );
}

/** Describes which releases still serve on clusters that do not run the desired one yet. */
function describeOthers({ clusters }: AppEnvironment): string[] {
  const serving = describeServing(clusters);
  return serving === undefined ? [] : [serving];
}

function describeWanted({ placement, clusters }: AppEnvironment): string[] {
  const more = (placement?.wanted ?? 0) - clusters.length;
  if (!placement || placement.satisfied || clusters.length === 0 || more <= 0)
    return [];
  return [
    `${countOf(more, 'more cluster')} ${more === 1 ? 'is' : 'are'} wanted`,
  ];
}

function describeState(environment: AppEnvironment): string {
  const { health, clusters, release, title } = environment;
  const subject = `release ${release?.number}`;
  const where = placeOf(environment);
  switch (health.status) {
    case 'Healthy':
    case 'Unknown': // some clusters are out of contact; the state of the others is still reported
      return `${subject} is healthy ${where}`;
    case 'Progressing':
      return health.reason === 'Stopping'
        ? `${subject} is being stopped in ${title}${because(environment)}`
        : `${subject} is starting ${where}${because(environment)}`;
    case 'Degraded':
      return `${subject} is in trouble ${where}${because(environment)}`;
    case 'Suspended':
      return health.reason === 'Stopped'
        ? `${subject} is stopped in ${title}${because(environment)}`
        : `${subject} is suspended on purpose in ${title}`;
    case 'Missing':
      return clusters.length === 0
        ? `${subject} runs nowhere in ${title}${placementWords(environment)}`
        : `${subject} is not there yet in ${title}`;
    default:
      return `${subject} is in ${title}`;
  }
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function because({ health }: AppEnvironment): string {
  return health.message ? `: ${health.message}` : '';
}

function placementWords({ placement }: AppEnvironment): string {
  return placement?.message ? `: ${placement.message}` : '';
}

/** `in Development`, or `on 2 of 3 production clusters`: healthy ones of its clusters. */
function placeOf(environment: AppEnvironment): string {
  const { clusters, title } = environment;
  if (clusters.length <= 1) return `in ${title}`;
  const healthy = clusters.filter(isFine).length;
  return `on ${healthy} of ${clusters.length} ${title.toLowerCase()} clusters`;
}

function isFine({ health, freshness }: DeploymentView): boolean {
  return health.status === 'Healthy' && freshness === 'live';
}

/** `eu-1 was last seen 4 min ago`, `eu-1 and us-1 were last seen 4 min ago`; the time is that of the longest loss. */
export function describeLost(
  lost: ReadonlyArray<
    Pick<DeploymentView, 'cluster' | 'observedAt' | 'reading'>
  >,
  now: Date,
): string {
  const names = lost.map(({ cluster }) => cluster).sort();
  const who =
    names.length > 3 ? countOf(names.length, 'cluster') : listOf(names);
  const verb = names.length === 1 ? 'was' : 'were';
  if (lost.every(({ reading }) => reading))
    return `${who} ${
      names.length === 1 ? 'is' : 'are'
    } being read after a start`;
  const times = lost.map(({ observedAt }) => observedAt);
  if (times.some(time => time === null)) return `${who} ${verb} never seen`;
  const oldest = Math.min(...times.map(time => new Date(time ?? 0).getTime()));
  return `${who} ${verb} last seen ${describeSilence(
    now.getTime() - oldest,
  )} ago`;
}
