import {
  type AppEnvironment,
  countOf,
  listOf,
  type SettingList,
} from '@callboard/plugin-callboard-common';

/** Effect of a changed setting on what runs in one environment. */
export type SettingEffect =
  /** The settings are not loaded yet, or loading failed. */
  | { kind: 'unknown' }
  /** Another value is set there by that name, and stays in force. */
  | { kind: 'overridden' }
  | { kind: 'unread' }
  /** The workloads that read it run nowhere. */
  | { kind: 'nowhere'; workloads: string[] }
  /** A release waits for it, and maybe for others. */
  | { kind: 'awaited'; release: number; workloads: string[]; others: string[] }
  | {
      kind: 'restarts';
      workloads: string[];
      clusters: number;
      /** Not on all clusters at once. The number of waves is known once its rollout exists. */
      inWaves: boolean;
    };

export interface ChangedSetting {
  name: string;
  /** Whether it becomes a secret; undefined where that is not known. */
  secret?: boolean;
  /** Whether it is changed for all environments. */
  isShared: boolean;
}

/**
 * Returns what happens in an environment when a setting changes: only the
 * workloads that read it restart.
 *
 * @param settings - those in force in that environment
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

/** Counts the desired clusters of an app; those that it leaves are not counted. */
export function countClusters({
  clusters,
}: Pick<AppEnvironment, 'clusters'>): number {
  return clusters.filter(({ desiredRelease }) => desiredRelease !== null)
    .length;
}

/** Describes an effect: `web starts again on 3 clusters of Production, in waves`. */
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
