import type {
  Cluster,
  ClusterScheduling,
  JournalEntry,
  RemovedCluster,
  WhatIfReport,
} from '@callboard/plugin-callboard-common';

/** Which apps somebody may read, of those that there are. */
export interface ReadableApps {
  mayRead(app: string): boolean;
  /** Names of the others, which may stand in sentences. */
  hidden: readonly string[];
}

/** A cluster as somebody may see it: apps that they may not read are counted in its sentence and named nowhere. */
export function hideAppsOfCluster(
  cluster: Cluster,
  readable: ReadableApps,
): Cluster {
  const { health } = cluster;
  return {
    ...cluster,
    apps: visible(cluster.apps, readable),
    scheduling: hideAppsOfScheduling(cluster.scheduling, readable),
    health: { ...health, message: withoutNames(health.message, readable) },
    sentence: withoutNames(cluster.sentence, readable),
  };
}

/** What was removed with a cluster, as far as somebody may see it. */
export function hideAppsOfRemoval(
  removed: RemovedCluster,
  readable: ReadableApps,
): RemovedCluster {
  return { ...removed, apps: visible(removed.apps, readable) };
}

/** A report as somebody may see it: its sentence counts every app, as the change concerns them all. */
export function hideAppsOfReport(
  report: WhatIfReport,
  readable: ReadableApps,
): WhatIfReport {
  return {
    ...report,
    moves: visible(report.moves, readable),
    noRoom: visible(report.noRoom, readable),
    lostSpread: visible(report.lostSpread, readable),
    stays: visible(report.stays, readable),
  };
}

/** Entries of the journal as somebody may see them: those of a cluster may name apps that ran there. */
export function hideAppsOfJournal(
  entries: readonly JournalEntry[],
  readable: ReadableApps,
): JournalEntry[] {
  return entries
    .filter(({ app }) => app === undefined || readable.mayRead(app))
    .map(entry =>
      entry.app !== undefined
        ? entry
        : {
            ...entry,
            message: withoutNames(entry.message, readable),
            ...(entry.why !== undefined && {
              why: withoutNames(entry.why, readable),
            }),
          },
    );
}

function hideAppsOfScheduling(
  scheduling: ClusterScheduling,
  readable: ReadableApps,
): ClusterScheduling {
  return scheduling.state === 'draining'
    ? { ...scheduling, left: visible(scheduling.left, readable) }
    : scheduling;
}

function visible<T extends { app: string }>(
  items: readonly T[],
  { mayRead }: ReadableApps,
): T[] {
  return items.filter(({ app }) => mayRead(app));
}

/** Sentences name a deployment as `shop in dev`; a hidden one becomes `an app in dev`. */
function withoutNames(text: string, { hidden }: ReadableApps): string {
  const names = new Set(hidden);
  return text.replace(/([a-z0-9-]+) in /g, (said, name: string) =>
    names.has(name) ? 'an app in ' : said,
  );
}
