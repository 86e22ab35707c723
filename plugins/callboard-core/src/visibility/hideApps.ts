import type {
  Cluster,
  JournalEntry,
  RemovedCluster,
} from '@callboard/plugin-callboard-common';

/** Apps that a user may read. */
export interface ReadableApps {
  mayRead(app: string): boolean;
  /** Names of the other apps, which may occur in sentences. */
  hidden: readonly string[];
}

/**
 * Removes hidden apps from a cluster whose app list is already filtered: texts
 * of people and servers may name others.
 */
export function hideAppsOfCluster(
  cluster: Cluster,
  readable: ReadableApps,
): Cluster {
  return {
    ...cluster,
    scheduling: withoutNamesIn(cluster.scheduling, readable),
    health: withoutNamesIn(cluster.health, readable),
    connection: withoutNamesIn(cluster.connection, readable),
    sentence: withoutNames(cluster.sentence, readable),
  };
}

/** Returns a removed cluster as a user may see it. */
export function hideAppsOfRemoval(
  removed: RemovedCluster,
  readable: ReadableApps,
): RemovedCluster {
  return {
    ...removed,
    apps: visible(removed.apps, readable),
    data: withoutNamesIn(visible(removed.data, readable), readable),
  };
}

/** Returns entries of the journal as a user may see them: their texts may name apps that ran there too. */
export function hideAppsOfJournal(
  entries: readonly JournalEntry[],
  readable: ReadableApps,
): JournalEntry[] {
  return entries
    .filter(({ app }) => app === undefined || readable.mayRead(app))
    .map(entry => withoutNamesIn(entry, readable));
}

function visible<T extends { app: string }>(
  items: readonly T[],
  { mayRead }: ReadableApps,
): T[] {
  return items.filter(({ app }) => mayRead(app));
}

const ANOTHER = 'another app';

/** Fields with text for people; all others hold names and codes. */
const TEXTS = new Set(['message', 'why', 'what', 'next', 'remedy', 'sentence']);

/**
 * Removes names of hidden apps from a decision or a report about readable apps:
 * its reasons may name others. Returns the value with no hidden app in its
 * texts, at any depth.
 */
export function withoutNamesIn<T>(value: T, readable: ReadableApps): T {
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
 * A name is a whole word, even at the start of a namespace (`shop--dev`) or a
 * path (`shop/dev`). The word after "in" is an environment, never an app.
 */
function replaceNames(text: string, hidden: ReadonlySet<string>): string {
  return text.replace(
    /(\bin )?(?<![\w.-])([a-z0-9]+(?:-[a-z0-9]+)*)(?![\w.]|-[a-z0-9])/g,
    (said, before: string | undefined, name: string) =>
      before === undefined && hidden.has(name) ? ANOTHER : said,
  );
}
