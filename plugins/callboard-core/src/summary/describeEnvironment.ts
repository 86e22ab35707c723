import type {
  AppCluster,
  AppEnvironment,
} from '@callboard/plugin-callboard-common';
import { describeSpan } from '../time';
import { countOf, listOf } from './sentence';

/**
 * How a release stands in one environment, as a clause without full stop:
 * `release 42 is healthy on 3 of 3 production clusters`. Undefined where nothing is released.
 */
export function describeEnvironment(
  environment: AppEnvironment,
  now: Date,
): string | undefined {
  const { release, problem, findings, clusters } = environment;
  if (!release) return undefined;
  if (problem) {
    return `release ${release.number} cannot run in ${environment.name}: ${problem.why}`;
  }
  // What takes long has a finding before its deadline: that says more than "on its way".
  if (
    findings.length > 0 &&
    (isSick(environment) || environment.health.status === 'Progressing')
  ) {
    return findings[0].what;
  }
  const inWaves = describeWaves(environment);
  if (inWaves) return inWaves;
  const lost = clusters.filter(({ freshness }) => freshness !== 'live');
  if (clusters.length > 0 && lost.length === clusters.length) {
    return `nobody knows how release ${release.number} is in ${
      environment.name
    }: ${describeLost(lost, now)}`;
  }
  return [
    describeState(environment),
    ...(lost.length > 0 ? [describeLost(lost, now)] : []),
    ...describeWanted(environment),
  ].join('; ');
}

/** While a release has not reached all its clusters, that is what there is to say. */
function describeWaves({
  release,
  rollout,
  name,
}: AppEnvironment): string | undefined {
  if (!rollout || rollout.phase === 'done') return undefined;
  if (rollout.release !== release?.number) return undefined;
  const { phase, sentence } = rollout;
  const verb =
    phase === 'halted' || phase === 'paused' || phase === 'aborted'
      ? 'is part of the way'
      : 'is on its way';
  return `release ${release.number} ${verb} in ${name}: ${sentence
    .charAt(0)
    .toLowerCase()}${sentence.slice(1)}`;
}

/** Silence of one cluster does not hide that another one is in trouble. */
function isSick({ health, clusters }: AppEnvironment): boolean {
  return (
    health.status === 'Degraded' ||
    clusters.some(
      cluster =>
        cluster.freshness === 'live' && cluster.health.status === 'Degraded',
    )
  );
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
  const { health, clusters, release, name } = environment;
  const subject = `release ${release?.number}`;
  const where = placeOf(environment);
  switch (health.status) {
    case 'Healthy':
    case 'Unknown': // some clusters are silent; how the others are is still worth telling
      return `${subject} is healthy ${where}`;
    case 'Progressing':
      return `${subject} is on its way ${where}${because(environment)}`;
    case 'Degraded':
      return `${subject} is in trouble ${where}${because(environment)}`;
    case 'Suspended':
      return `${subject} is suspended on purpose in ${name}`;
    case 'Missing':
      return clusters.length === 0
        ? `${subject} runs nowhere in ${name}${placementWords(environment)}`
        : `${subject} is not there yet in ${name}`;
    default:
      return `${subject} is in ${name}`;
  }
}

function because({ health }: AppEnvironment): string {
  return health.message ? `: ${health.message}` : '';
}

function placementWords({ placement }: AppEnvironment): string {
  return placement?.message ? `: ${placement.message}` : '';
}

/** `in dev`, or `on 2 of 3 production clusters`: healthy ones of those it is on. */
function placeOf(environment: AppEnvironment): string {
  const { clusters, title, name } = environment;
  if (clusters.length <= 1) return `in ${name}`;
  const healthy = clusters.filter(isFine).length;
  return `on ${healthy} of ${clusters.length} ${(
    title || name
  ).toLowerCase()} clusters`;
}

function isFine({ health, freshness }: AppCluster): boolean {
  return health.status === 'Healthy' && freshness === 'live';
}

/** `eu-1 was last seen 4 min ago`, `eu-1 and us-1 were last seen 4 min ago`; the longest silence speaks. */
export function describeLost(
  lost: ReadonlyArray<Pick<AppCluster, 'cluster' | 'observedAt'>>,
  now: Date,
): string {
  const names = lost.map(({ cluster }) => cluster).sort();
  const who =
    names.length > 3 ? countOf(names.length, 'cluster') : listOf(names);
  const verb = names.length === 1 ? 'was' : 'were';
  const times = lost.map(({ observedAt }) => observedAt);
  if (times.some(time => time === null)) return `${who} ${verb} never seen`;
  const oldest = Math.min(...times.map(time => new Date(time ?? 0).getTime()));
  return `${who} ${verb} last seen ${describeSpan(now.getTime() - oldest)} ago`;
}
