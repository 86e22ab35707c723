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
  return {
    ...cluster,
    apps: visible(cluster.apps, readable),
    scheduling: hideAppsOfScheduling(cluster.scheduling, readable),
    health: withoutNamesIn(cluster.health, readable),
    connection: withoutNamesIn(cluster.connection, readable),
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
    sentence: withoutNames(report.sentence, readable),
    moves: visible(report.moves, readable),
    noRoom: withoutNamesIn(visible(report.noRoom, readable), readable),
    lostSpread: visible(report.lostSpread, readable),
    stays: visible(report.stays, readable),
  };
}

/** Entries of the journal as somebody may see them: what they say may name apps that ran there too. */
export function hideAppsOfJournal(
  entries: readonly JournalEntry[],
  readable: ReadableApps,
): JournalEntry[] {
  return entries
    .filter(({ app }) => app === undefined || readable.mayRead(app))
    .map(entry => withoutNamesIn(entry, readable));
}

/** A decision about an app that somebody may read: its reasons may name others. */
export function hideAppsOfPlacement<T>(
  placement: T,
  readable: ReadableApps,
): T {
  return withoutNamesIn(placement, readable);
}

function hideAppsOfScheduling(
  scheduling: ClusterScheduling,
  readable: ReadableApps,
): ClusterScheduling {
  const said = withoutNamesIn(scheduling, readable);
  return said.state === 'draining'
    ? { ...said, left: visible(said.left, readable) }
    : said;
}

function visible<T extends { app: string }>(
  items: readonly T[],
  { mayRead }: ReadableApps,
): T[] {
  return items.filter(({ app }) => mayRead(app));
}

const ANOTHER = 'another app';

/** What people read; everything else is names and codes. */
const TEXTS = new Set(['message', 'why', 'what', 'next', 'remedy', 'sentence']);

/** A value in whose texts no hidden app is named, however deep they are. */
function withoutNamesIn<T>(value: T, readable: ReadableApps): T {
  const clean = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, each]) => [
        key,
        typeof each === 'string' && TEXTS.has(key)
          ? withoutNames(each, readable)
          : clean(each),
      ]),
    );
  };
  return readable.hidden.length === 0 ? value : (clean(value) as T);
}

function withoutNames(text: string, { hidden }: ReadableApps): string {
  return replaceNames(text, new Set(hidden));
}

/**
 * A name is a whole word, also where it begins a namespace (`shop--dev`) or a
 * path (`shop/dev`). What follows "in" is an environment, never an app.
 */
function replaceNames(text: string, hidden: ReadonlySet<string>): string {
  return text.replace(
    /(\bin )?(?<![\w.-])([a-z0-9]+(?:-[a-z0-9]+)*)(?![\w.]|-[a-z0-9])/g,
    (said, before: string | undefined, name: string) =>
      before === undefined && hidden.has(name) ? ANOTHER : said,
  );
}
