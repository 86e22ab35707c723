import {
  type AppEnvironment,
  countOf,
  listOf,
  type SettingList,
} from '@callboard/plugin-callboard-common';

/** What a change of a setting does to what runs in one environment. */
export type SettingEffect =
  /** Its settings are not read yet, or could not be. */
  | { kind: 'unknown' }
  /** Something else is set there by that name, and stays. */
  | { kind: 'overridden' }
  | { kind: 'unread' }
  /** What reads it runs nowhere. */
  | { kind: 'nowhere'; workloads: string[] }
  /** A release waits for it, and for others. */
  | { kind: 'awaited'; release: number; workloads: string[]; others: string[] }
  | {
      kind: 'restarts';
      workloads: string[];
      clusters: number;
      /** Not everywhere at once. How many waves it takes is known once its rollout is there. */
      inWaves: boolean;
    };

export interface ChangedSetting {
  name: string;
  /** As what; undefined where it is not known what it becomes. */
  secret?: boolean;
  /** It is changed for all environments. */
  isShared: boolean;
}

/**
 * What happens in an environment when a setting changes: nothing but what reads
 * it is started again.
 *
 * @param settings - what counts in that environment
 */
export function effectIn(
  environment: Pick<AppEnvironment, 'clusters' | 'rollout'>,
  settings: SettingList | undefined,
  { name, secret, isShared }: ChangedSetting,
): SettingEffect {
  if (!settings) return { kind: 'unknown' };
  const there = settings.items.find(each => each.name === name);
  if (isShared && there?.environment !== undefined)
    return { kind: 'overridden' };
  const awaited = settings.lacking.find(
    each =>
      each.name === name && (secret === undefined || each.secret === secret),
  );
  if (awaited)
    return {
      kind: 'awaited',
      release: awaited.release,
      workloads: awaited.workloads,
      others: settings.lacking
        .filter(each => each.name !== name)
        .map(each => each.name),
    };
  const isRead = there && (secret === undefined || there.secret === secret);
  const workloads = isRead ? there.workloads : [];
  if (workloads.length === 0) return { kind: 'unread' };
  const clusters = countClusters(environment);
  if (clusters === 0) return { kind: 'nowhere', workloads };
  return {
    kind: 'restarts',
    workloads,
    clusters,
    inWaves: clusters > 1 && (environment.rollout?.waveCount ?? 0) > 1,
  };
}

/** Clusters on which the app shall run; those that it leaves are none. */
export function countClusters({
  clusters,
}: Pick<AppEnvironment, 'clusters'>): number {
  return clusters.filter(({ desiredRelease }) => desiredRelease !== null)
    .length;
}

/** In words: `web starts again on 3 clusters of Production, in waves`. */
export function describeEffect(effect: SettingEffect, title: string): string {
  switch (effect.kind) {
    case 'unknown':
      return `It is not known now what reads it in ${title}`;
    case 'overridden':
      return `${title} has its own, which stays: nothing starts again there`;
    case 'unread':
      return `No release in ${title} reads it: nothing starts again there`;
    case 'nowhere':
      return `${listOf(effect.workloads)} ${verb(
        effect.workloads,
        'runs',
        'run',
      )} on no cluster of ${title}: nothing starts again there`;
    case 'awaited':
      return effect.others.length === 0
        ? `Release ${effect.release} in ${title} waits for it: ${listOf(
            effect.workloads,
          )} ${verb(effect.workloads, 'starts', 'start')} with it`
        : `Release ${effect.release} in ${title} waits for it, and for ${listOf(
            effect.others,
          )} as well`;
    case 'restarts': {
      const { workloads, clusters, inWaves } = effect;
      const how = inWaves ? ', in waves' : '';
      return `${listOf(workloads)} ${verb(
        workloads,
        'starts',
        'start',
      )} again on ${countOf(clusters, 'cluster')} of ${title}${how}`;
    }
    default:
      return effect satisfies never;
  }
}

function verb(
  names: readonly string[],
  one: 'runs' | 'starts',
  many: 'run' | 'start',
): string {
  return names.length === 1 ? one : many;
}
