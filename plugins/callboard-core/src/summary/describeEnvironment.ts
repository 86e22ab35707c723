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
  if (environment.health.status === 'Degraded' && findings.length > 0) {
    return findings[0].what;
  }
  const lost = clusters.filter(({ freshness }) => freshness !== 'live');
  if (clusters.length > 0 && lost.length === clusters.length) {
    return `nobody knows how release ${release.number} is in ${
      environment.name
    }: ${describeLost(lost, now)}`;
  }
  const clause = describeState(environment);
  return lost.length > 0 ? `${clause}; ${describeLost(lost, now)}` : clause;
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

/** `in dev`, or `on 2 of 3 production clusters`: healthy ones of those wanted. */
function placeOf(environment: AppEnvironment): string {
  const { clusters, placement, title, name } = environment;
  const wanted = Math.max(placement?.wanted ?? 0, clusters.length);
  if (wanted <= 1) return `in ${name}`;
  const healthy = clusters.filter(isFine).length;
  return `on ${healthy} of ${wanted} ${(title || name).toLowerCase()} clusters`;
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
