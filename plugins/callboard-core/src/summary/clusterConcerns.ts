import {
  type Cluster,
  countOf,
  describeSilence,
} from '@callboard/plugin-callboard-common';
import { countApps } from './countApps';

/** A concern about a cluster. Each kind holds exactly the facts of its sentence. */
export type ClusterConcern =
  | { kind: 'unreachable'; since?: Date }
  | { kind: 'degraded'; message: string }
  | { kind: 'drain-stuck'; apps: number }
  | { kind: 'blueprint-failed'; blueprint: string }
  | { kind: 'drifted'; blueprint: string; objects: number }
  | { kind: 'draining'; apps: number }
  | { kind: 'drained' }
  | { kind: 'cordoned' };

/** Facts from which concerns are found. */
export type ClusterConcernFacts = Pick<
  Cluster,
  'freshness' | 'observedAt' | 'reading' | 'health' | 'scheduling' | 'blueprint'
>;

/** In order of precedence: the most urgent first. */
const PRECEDENCE: ReadonlyArray<ClusterConcern['kind']> = [
  'degraded',
  'unreachable',
  'drain-stuck',
  'blueprint-failed',
  'drifted',
  'draining',
  'drained',
  'cordoned',
];

/** Concerns that a person caused on purpose. */
const AS_ASKED: ReadonlySet<ClusterConcern['kind']> = new Set([
  'draining',
  'drained',
  'cordoned',
]);

/** Finds the concerns about a cluster, most urgent first; empty where there is none. */
export function clusterConcerns(
  cluster: ClusterConcernFacts,
): ClusterConcern[] {
  return [
    ...contactConcerns(cluster),
    ...schedulingConcerns(cluster),
    ...blueprintConcerns(cluster),
  ].sort((a, b) => PRECEDENCE.indexOf(a.kind) - PRECEDENCE.indexOf(b.kind));
}

/** Returns whether a person should look at the cluster; concerns that people caused on purpose do not count. */
export function clusterNeedsAttention(cluster: ClusterConcernFacts): boolean {
  return clusterConcerns(cluster).some(({ kind }) => !AS_ASKED.has(kind));
}

/** Returns the urgency of a cluster: smaller comes first; clusters without a concern come last. */
export function clusterUrgency(cluster: ClusterConcernFacts): number {
  const [first] = clusterConcerns(cluster);
  return first ? PRECEDENCE.indexOf(first.kind) : PRECEDENCE.length;
}

/** Describes a concern, without full stop. */
export function describeConcern(concern: ClusterConcern, now: Date): string {
  switch (concern.kind) {
    case 'degraded':
      return concern.message;
    case 'unreachable':
      return concern.since
        ? `No contact for ${describeSilence(
            now.getTime() - concern.since.getTime(),
          )}`
        : 'Never seen';
    case 'drain-stuck':
      return `Draining: ${countOf(concern.apps, 'app')} ${
        concern.apps === 1 ? 'has' : 'have'
      } nowhere else to run`;
    case 'blueprint-failed':
      return `Blueprint ${concern.blueprint} could not be applied`;
    case 'drifted':
      return `${countOf(concern.objects, 'object')} drifted from blueprint ${
        concern.blueprint
      }`;
    case 'draining':
      return `Draining: ${countOf(concern.apps, 'app')} left`;
    case 'drained':
      return 'Drained';
    case 'cordoned':
      return 'Cordoned';
    default:
      return concern satisfies never;
  }
}

function contactConcerns({
  freshness,
  observedAt,
  reading,
  health,
}: ClusterConcernFacts): ClusterConcern[] {
  if (reading) return []; // not read yet: the missing contact is due to Callboard's start
  if (freshness !== 'live')
    return [
      {
        kind: 'unreachable',
        ...(observedAt !== null && { since: new Date(observedAt) }),
      },
    ];
  return health.status === 'Degraded' || health.status === 'Missing'
    ? [{ kind: 'degraded', message: health.message }]
    : [];
}

function schedulingConcerns({
  scheduling,
}: ClusterConcernFacts): ClusterConcern[] {
  switch (scheduling.state) {
    case 'open':
      return [];
    case 'cordoned':
    case 'drained':
      return [{ kind: scheduling.state }];
    case 'draining': {
      const stuck = scheduling.left.filter(({ state }) => state === 'stuck');
      return stuck.length > 0
        ? [{ kind: 'drain-stuck', apps: countApps(stuck) }]
        : [{ kind: 'draining', apps: countApps(scheduling.left) }];
    }
    default:
      return scheduling satisfies never;
  }
}

function blueprintConcerns({
  freshness,
  blueprint,
}: ClusterConcernFacts): ClusterConcern[] {
  // Drift that was observed before contact was lost may be gone.
  if (!blueprint || freshness !== 'live') return [];
  const name = `${blueprint.name} ${blueprint.version}`;
  if (blueprint.state === 'failed')
    return [{ kind: 'blueprint-failed', blueprint: name }];
  const objects = blueprint.drift.length;
  return objects > 0 ? [{ kind: 'drifted', blueprint: name, objects }] : [];
}
