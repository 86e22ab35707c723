import type { Cluster } from '@callboard/plugin-callboard-common';
import { describeSpan } from '../time';
import { countOf } from './sentence';

/** What the sentence of the fleet is made of. */
export interface FleetFacts {
  clusters: ReadonlyArray<Pick<Cluster, 'freshness' | 'observedAt'>>;
  apps: { total: number; needAttention: number };
}

/** First line of the fleet page: `8 clusters, 7 live, 1 not seen for 4 min; 12 apps, 1 needs attention.` */
export function describeFleet(
  { clusters, apps }: FleetFacts,
  now: Date,
): string {
  if (clusters.length === 0)
    return `No cluster is registered yet; ${describeApps(apps)}.`;
  return `${describeClusters(clusters, now)}; ${describeApps(apps)}.`;
}

function describeClusters(clusters: FleetFacts['clusters'], now: Date): string {
  const lost = clusters.filter(({ freshness }) => freshness !== 'live');
  const live = clusters.length - lost.length;
  const never = lost.filter(({ observedAt }) => observedAt === null).length;
  const times = lost.flatMap(({ observedAt }) =>
    observedAt === null ? [] : [new Date(observedAt).getTime()],
  );
  const parts = [
    countOf(clusters.length, 'cluster'),
    lost.length === 0 ? 'all live' : `${live} live`,
  ];
  if (times.length > 0) {
    parts.push(
      `${times.length} not seen for ${describeSpan(
        now.getTime() - Math.min(...times),
      )}`,
    );
  }
  if (never > 0) parts.push(`${never} never seen`);
  return parts.join(', ');
}

function describeApps({ total, needAttention }: FleetFacts['apps']): string {
  if (total === 0) return 'no app yet';
  const apps = countOf(total, 'app');
  if (needAttention === 0) return `${apps}, none needs attention`;
  return `${apps}, ${needAttention} ${
    needAttention === 1 ? 'needs' : 'need'
  } attention`;
}
