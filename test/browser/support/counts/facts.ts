import type {
  App,
  AppEnvironment,
  Cluster,
} from '@callboard/plugin-callboard-common';

/* What numbers are counted from: read off the API's answers, apart from the code that pages use. */

export const plural = (count: number, noun: string) =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
export const countOf = (count: number, noun: string) =>
  count === 0 ? `no ${noun}` : plural(count, noun);

export function isSilent({ freshness }: { freshness: string }): boolean {
  return freshness !== 'live';
}

export const scheduledAs =
  (...states: string[]) =>
  ({ scheduling }: Cluster) =>
    states.includes(scheduling.state);

/** An app that somebody should look at, by what its own page says. */
export function isInNeed({ build, environments }: App): boolean {
  return (
    build?.state === 'failed' ||
    environments.some(
      ({ findings, health, placement, problem, release, clusters }) =>
        problem !== undefined ||
        findings.length > 0 ||
        placement?.satisfied === false ||
        (release !== null &&
          ['Degraded', 'Missing', 'Unknown'].includes(health.status) &&
          !clusters.some(({ reading }) => reading)),
    )
  );
}

export function isClusterInNeed(cluster: Cluster): boolean {
  const { blueprint, health, reading, scheduling } = cluster;
  if (isSilent(cluster)) return !reading;
  return (
    ['Degraded', 'Missing'].includes(health.status) ||
    blueprint?.state === 'failed' ||
    (blueprint?.drift.length ?? 0) > 0 ||
    (scheduling.state === 'draining' &&
      scheduling.left.some(({ state }) => state === 'stuck'))
  );
}

/** Environments of apps on a cluster, as the apps' own pages say. */
export function placesOn(
  cluster: string,
  apps: readonly App[],
): Array<{ app: App; environment: AppEnvironment }> {
  return apps.flatMap(app =>
    app.environments
      .filter(({ clusters }) => clusters.some(each => each.cluster === cluster))
      .map(environment => ({ app, environment })),
  );
}

/** An app that runs there in two environments is one app. */
export function appsOn(cluster: string, apps: readonly App[]): number {
  return new Set(placesOn(cluster, apps).map(({ app }) => app.name)).size;
}

export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Record<string, T[]> {
  const groups: Record<string, T[]> = {};
  for (const item of items) (groups[keyOf(item)] ??= []).push(item);
  return groups;
}

/** Each app once, in however many environments it is. */
export function appsOf(places: ReadonlyArray<{ app: string }>): Set<string> {
  return new Set(places.map(({ app }) => app));
}
