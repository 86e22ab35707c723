import {
  type Problem,
  countOf,
  describeSilence,
} from '@callboard/plugin-callboard-common';
import { type ClusterConcernFacts, clusterConcerns } from './clusterConcerns';

/** Facts for the sentence of the fleet. */
export interface FleetFacts {
  clusters: readonly ClusterConcernFacts[];
  apps: { total: number; needAttention: number };
  /** Why changes cannot be recorded, or pushes are refused, at the moment. */
  problem?: Pick<Problem, 'code' | 'why'>;
}

/**
 * Describes the fleet, as the first line of its page: `8 clusters, 7 live, 1
 * not seen for 4 min, 1 draining; 12 apps, 1 needs attention.`
 */
export function describeFleet(
  { clusters, apps, problem }: FleetFacts,
  now: Date,
): string {
  const state =
    clusters.length === 0
      ? 'No cluster is registered yet'
      : describeClusters(clusters, now);
  const unrecorded = problem
    ? ` ${
        problem.code === 'disk-nearly-full'
          ? 'Pushes are refused'
          : 'Changes cannot be recorded'
      } at the moment: ${problem.why}.`
    : '';
  const reading = clusters.filter(each => each.reading);
  return `${state}; ${
    reading.length === 0 ? describeApps(apps) : describeOld(apps, reading, now)
  }.${unrecorded}`;
}

function describeClusters(clusters: FleetFacts['clusters'], now: Date): string {
  const reading = clusters.filter(each => each.reading).length;
  const lost = clusters.filter(
    each => each.freshness !== 'live' && !each.reading,
  );
  const live = clusters.length - lost.length - reading;
  const never = lost.filter(({ observedAt }) => observedAt === null).length;
  const times = lost.flatMap(({ observedAt }) =>
    observedAt === null ? [] : [new Date(observedAt).getTime()],
  );
  const parts = [
    countOf(clusters.length, 'cluster'),
    ...describeContact({ live, reading, total: clusters.length }),
  ];
  if (times.length > 0) {
    parts.push(
      `${times.length} not seen for ${describeSilence(
        now.getTime() - Math.min(...times),
      )}`,
    );
  }
  if (never > 0) parts.push(`${never} never seen`);
  return [...parts, ...describeKept(clusters)].join(', ');
}

/** `all live`, `7 live`, `reading their state after a start`, `5 live, 3 being read after a start`. */
function describeContact(of: {
  live: number;
  reading: number;
  total: number;
}): string[] {
  const { live, reading, total } = of;
  if (live === total) return ['all live'];
  if (reading === 0) return [`${live} live`];
  return reading === total
    ? [`reading ${total === 1 ? 'its' : 'their'} state after a start`]
    : [`${live} live`, `${reading} being read after a start`];
}

/** Clusters that are not schedulable, and those with drift: `1 cordoned, 2 drifted`. */
function describeKept(clusters: FleetFacts['clusters']): string[] {
  const kinds = clusters.flatMap(cluster =>
    clusterConcerns(cluster).map(({ kind }) => kind),
  );
  const count = (...wanted: typeof kinds) =>
    kinds.filter(kind => wanted.includes(kind)).length;
  return [
    { number: count('cordoned'), word: 'cordoned' },
    { number: count('draining', 'drain-stuck'), word: 'draining' },
    { number: count('drained'), word: 'drained' },
    { number: count('drifted'), word: 'drifted' },
  ]
    .filter(({ number }) => number > 0)
    .map(({ number, word }) => `${number} ${word}`);
}

/** While clusters are being read, the state of apps is as old as that of the oldest cluster. */
function describeOld(
  { total, needAttention }: FleetFacts['apps'],
  reading: FleetFacts['clusters'],
  now: Date,
): string {
  if (total === 0) return 'no app yet';
  const apps = countOf(total, 'app');
  const times = reading.map(({ observedAt }) => observedAt);
  const age = times.some(time => time === null)
    ? 'not all seen yet'
    : `as of ${describeSilence(
        now.getTime() -
          Math.min(...times.map(time => new Date(time ?? 0).getTime())),
      )} ago`;
  return needAttention === 0
    ? `${apps}, ${age}`
    : `${describeApps({ total, needAttention })}, ${age}`;
}

function describeApps({ total, needAttention }: FleetFacts['apps']): string {
  if (total === 0) return 'no app yet';
  const apps = countOf(total, 'app');
  if (needAttention === 0) return `${apps}, none needs attention`;
  return `${apps}, ${needAttention} ${
    needAttention === 1 ? 'needs' : 'need'
  } attention`;
}
